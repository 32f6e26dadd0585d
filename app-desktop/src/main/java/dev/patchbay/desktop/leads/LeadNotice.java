package dev.patchbay.desktop.leads;

import dev.patchbay.model.Lead;
import org.jspecify.annotations.Nullable;

/// Something to say once, as a toast.
public sealed interface LeadNotice {
    record Claimed(Lead lead) implements LeadNotice {}

    /// A colleague was faster.
    ///
    /// @param owner who has it; empty when the server did not say
    /// @param next the lead that is selected now; null when the tank is empty
    record LostClaim(String lead, String owner, @Nullable String next) implements LeadNotice {}

    record Released(Lead lead) implements LeadNotice {}

    record Saved(Lead lead) implements LeadNotice {}

    /// It is out of sight and goes for good when the toast does.
    ///
    /// @param undo brings it back
    /// @param forGood deletes it on the server
    record Deleted(Lead lead, Runnable undo, Runnable forGood) implements LeadNotice {}

    /// The lead being edited was deleted elsewhere; what was typed stays, as a new lead.
    record GoneWhileEdited(String lead) implements LeadNotice {}

    /// On this computer's disk until the server is back.
    record Kept() implements LeadNotice {}

    /// No line to the server; nothing was done.
    record NoLine() implements LeadNotice {}

    /// @param sentence the server's
    record Refused(String sentence) implements LeadNotice {}
}
