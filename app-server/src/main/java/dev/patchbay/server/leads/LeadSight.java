package dev.patchbay.server.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.store.Audience;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which leads a user sees. What is out of sight answers as if absent, and its events do not come.
///
/// @param office the office that the user is bound to: its leads and those of none; null for all
/// @param colleagues whether those that colleagues have are seen, or only the own ones and the shark tank
record LeadSight(UserId user, @Nullable OfficeId office, boolean colleagues) {
    private static final String ANY = "*";
    private static final String NONE = "-";

    static LeadSight of(Principal.User user) {
        return new LeadSight(user.id(), user.me().boundTo(), user.may(Permission.LEADS_VIEW_ALL));
    }

    boolean sees(Lead lead) {
        boolean here = office == null || lead.officeId() == null || office.equals(lead.officeId());
        return here && (colleagues || lead.ownerId() == null || user.equals(lead.ownerId()));
    }

    /// The tokens with which a live client of the user gets the events of what the user sees.
    Set<String> tokens() {
        Set<String> places = office == null ? Set.of(ANY) : Set.of(office.toString(), NONE);
        Set<String> tokens = new TreeSet<>();
        for (String place : places) {
            tokens.add("tank:" + place);
            if (colleagues) {
                tokens.add("leads:" + place);
            }
        }
        return tokens;
    }

    /// Who is told about a lead: whoever saw it before or sees it now.
    static Audience audience(Lead before, Lead after) {
        Set<String> tokens = new TreeSet<>();
        for (Lead lead : List.of(before, after)) {
            String place = lead.officeId() == null ? NONE : lead.officeId().toString();
            tokens.add("leads:" + ANY);
            tokens.add("leads:" + place);
            if (lead.ownerId() == null) {
                tokens.add("tank:" + ANY);
                tokens.add("tank:" + place);
            } else {
                tokens.addAll(Audience.user(lead.ownerId()).tokens());
            }
        }
        return new Audience(tokens);
    }
}
