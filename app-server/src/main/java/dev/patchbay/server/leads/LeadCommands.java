package dev.patchbay.server.leads;

import dev.patchbay.model.LeadId;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.live.LiveCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Leads over `/live`: the same use cases and answers as over REST.
public final class LeadCommands {
    private static final Access EDIT = Access.needs(Permission.LEADS_EDIT);

    private LeadCommands() {}

    public static List<LiveCommand<?>> of(Leads leads) {
        return List.of(
                LiveCommand.of(
                        "lead.create", EDIT, LeadInput.Create.class, (who, create) -> leads.create(user(who), create)),
                LiveCommand.of(
                        "lead.update",
                        EDIT,
                        LeadInput.Update.class,
                        (who, update) -> leads.update(user(who), named(update.lead()), update)),
                LiveCommand.of(
                        "lead.stage",
                        EDIT,
                        LeadInput.Stage.class,
                        (who, stage) -> leads.move(user(who), named(stage.lead()), stage.stage(), stage.version())),
                LiveCommand.of(
                        "lead.claim",
                        EDIT,
                        LeadInput.Which.class,
                        (who, which) -> leads.claim(user(who), which.lead())),
                LiveCommand.of(
                        "lead.release",
                        EDIT,
                        LeadInput.Which.class,
                        (who, which) -> leads.release(user(who), which.lead())),
                LiveCommand.of(
                        "lead.delete", Access.needs(Permission.LEADS_DELETE), LeadInput.Which.class, (who, which) -> {
                            leads.delete(user(who), which.lead());
                            return null;
                        }));
    }

    private static LeadId named(@Nullable LeadId lead) {
        if (lead == null) {
            throw Refusal.invalid("lead", "lead is missing.");
        }
        return lead;
    }

    private static Principal.User user(Principal principal) {
        if (principal instanceof Principal.User user) {
            return user;
        }
        throw Refusal.unauthenticated();
    }
}
