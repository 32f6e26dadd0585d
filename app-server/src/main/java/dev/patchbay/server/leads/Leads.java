package dev.patchbay.server.leads;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.patchbay.model.Caller;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Page;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The use cases of leads. Thread-safe; each is one transaction. Permissions are checked by the edges, ownership here.
public final class Leads {
    private final Database database;

    /// A new lead, and those that have the same phone or e-mail already.
    public record Created(@JsonUnwrapped Lead lead, List<LeadId> duplicates) {}

    /// Which leads [#list] answers.
    public enum View {
        TANK,
        MINE,
        ALL
    }

    public Leads(Database database) {
        this.database = database;
    }

    /// The audience tokens of a user, for the live hub.
    public Set<String> audiences(Principal.User user) {
        return user.may(Permission.LEADS_VIEW) ? LeadSight.of(user).tokens() : Set.of();
    }

    /// @param text part of name, phone or e-mail, case-insensitive; null for any
    /// @param after the `next` of an earlier page; null for the first
    public Page<Lead> list(
            Principal.User user,
            View view,
            @Nullable String text,
            @Nullable String stage,
            @Nullable String source,
            @Nullable String after,
            int limit) {
        LeadTable.Filter filter = new LeadTable.Filter(
                view == View.TANK,
                view == View.MINE ? user.id() : null,
                text,
                stage,
                source,
                after == null ? null : LeadCursor.parse(after));
        return database.read(user.company(), transaction -> {
            long asOf = LeadTable.asOf(transaction);
            List<Lead> leads = LeadTable.list(transaction, LeadSight.of(user), filter, limit + 1);
            boolean more = leads.size() > limit;
            List<Lead> page = more ? leads.subList(0, limit) : leads;
            return new Page<>(page, more ? LeadCursor.of(page.getLast()).text() : null, asOf);
        });
    }

    /// @throws Refusal 404 when it is not there
    public Lead lead(Principal.User user, LeadId id) {
        return database.read(user.company(), transaction -> found(transaction, user, id));
    }

    public Created create(Principal.User user, LeadInput.Create input) {
        LeadInput.Content content = LeadInput.check(input, user.me().company().region());
        return database.write(user.company(), transaction -> {
            List<LeadId> duplicates = LeadTable.same(transaction, content.phone(), content.email()).stream()
                    .map(Lead::id)
                    .toList();
            LeadId id = LeadId.fresh();
            LeadTable.insert(
                    transaction,
                    id,
                    content,
                    content.stage() == null ? "new" : content.stage(),
                    user.me().officeId());
            return new Created(told(transaction, row(transaction, id), EventType.LEAD_CREATED), duplicates);
        });
    }

    /// @throws Refusal 409 `VERSION_CONFLICT` with the `current` lead when somebody changed it meanwhile
    public Lead update(Principal.User user, LeadId id, LeadInput.Update input) {
        LeadInput.Content content = LeadInput.check(input, user.me().company().region());
        return database.write(user.company(), transaction -> {
            Lead before = found(transaction, user, id);
            if (before.version() != input.version() || !LeadTable.update(transaction, before, content)) {
                throw changed(found(transaction, user, id));
            }
            boolean moved = content.stage() != null && !content.stage().equals(before.stage());
            return told(transaction, before, moved ? EventType.LEAD_STAGE_CHANGED : EventType.LEAD_UPDATED);
        });
    }

    /// Moves a lead in the pipeline.
    ///
    /// @throws Refusal 409 as [#update], when a version was named
    public Lead move(Principal.User user, LeadId id, String stage, @Nullable Long version) {
        String checked = LeadInput.stage(stage);
        return database.write(user.company(), transaction -> {
            Lead before = locked(transaction, user, id);
            if (version != null && before.version() != version) {
                throw changed(before);
            }
            if (before.stage().equals(checked)) {
                return before;
            }
            LeadTable.move(transaction, id, before.version(), checked);
            return told(transaction, before, EventType.LEAD_STAGE_CHANGED);
        });
    }

    /// Takes a lead out of the shark tank. Claiming one's own lead again changes nothing.
    ///
    /// @throws Refusal 409 `LEAD_ALREADY_CLAIMED` with `owner` and `next`, the newest lead still in the tank
    public Lead claim(Principal.User user, LeadId id) {
        return database.write(user.company(), transaction -> {
            if (user.me().boundTo() != null) {
                found(transaction, user, id);
            }
            if (LeadTable.claim(transaction, id, user.id())) {
                return toldClaimed(transaction, id);
            }
            Lead lead = row(transaction, id);
            if (user.id().equals(lead.ownerId())) {
                return lead;
            }
            throw claimed(transaction, user, lead);
        });
    }

    /// Puts a lead back into the shark tank.
    ///
    /// @throws Refusal 403 when it is somebody else's and the user may not assign leads
    public Lead release(Principal.User user, LeadId id) {
        return database.write(user.company(), transaction -> {
            Lead before = locked(transaction, user, id);
            if (before.ownerId() == null) {
                return before;
            }
            if (!before.ownerId().equals(user.id()) && !user.may(Permission.LEADS_ASSIGN)) {
                throw Refusal.forbidden(Permission.LEADS_ASSIGN);
            }
            LeadTable.give(transaction, id, before.version(), null);
            return told(transaction, before, EventType.LEAD_RELEASED);
        });
    }

    /// Gives a lead to a user, whoever has it.
    ///
    /// @throws Refusal 404 when the user is not of this company or not active
    public Lead assign(Principal.User user, LeadId id, UserId owner) {
        return database.write(user.company(), transaction -> {
            Lead before = locked(transaction, user, id);
            if (!LeadTable.isUser(transaction, owner)) {
                throw Refusal.notFound("user");
            }
            if (owner.equals(before.ownerId())) {
                return before;
            }
            LeadTable.give(transaction, id, before.version(), owner);
            return told(transaction, before, EventType.LEAD_CLAIMED);
        });
    }

    public void delete(Principal.User user, LeadId id) {
        database.change(user.company(), transaction -> {
            Lead before = found(transaction, user, id);
            if (!LeadTable.delete(transaction, id)) {
                throw Refusal.notFound("lead");
            }
            transaction.emit(
                    EventType.LEAD_DELETED, LeadSight.audience(before, before), id, new Payload.OfLead(before));
            transaction.audit("lead.deleted", "lead:" + id, Map.of("name", before.name()));
        });
    }

    /// Hands over the leads of somebody who leaves, in the caller's transaction.
    ///
    /// @param heir who gets them; null for the shark tank
    /// @return how many
    public int handOver(Transaction transaction, UserId leaver, @Nullable UserId heir) {
        List<LeadId> leads = LeadTable.ofOwner(transaction, leaver);
        for (LeadId id : leads) {
            Lead before = locked(transaction, id);
            LeadTable.give(transaction, id, before.version(), heir);
            told(transaction, before, heir == null ? EventType.LEAD_RELEASED : EventType.LEAD_CLAIMED);
        }
        return leads.size();
    }

    /// The lead a caller is, for the screen pop: the one touched last of those with the caller's number.
    public Optional<Lead> match(Transaction transaction, Caller caller) {
        return caller.phone() == null
                ? Optional.empty()
                : LeadTable.same(transaction, caller.phone(), null).stream().findFirst();
    }

    /// For the screen pop of a call that knows its lead.
    public Optional<Lead> byId(Transaction transaction, LeadId id) {
        return LeadTable.find(transaction, id);
    }

    private static Lead row(Transaction transaction, LeadId id) {
        return LeadTable.find(transaction, id).orElseThrow(() -> Refusal.notFound("lead"));
    }

    private static Lead found(Transaction transaction, Principal.User user, LeadId id) {
        return LeadTable.find(transaction, id)
                .filter(LeadSight.of(user)::sees)
                .orElseThrow(() -> Refusal.notFound("lead"));
    }

    /// The lead, which nobody else changes until this transaction ends.
    private static Lead locked(Transaction transaction, LeadId id) {
        transaction
                .query("select id from lead where company_id = :company and id = :id for update")
                .bind("id", id)
                .mapTo(java.util.UUID.class)
                .findOne();
        return row(transaction, id);
    }

    private static Lead locked(Transaction transaction, Principal.User user, LeadId id) {
        locked(transaction, id);
        return found(transaction, user, id);
    }

    private static Lead told(Transaction transaction, Lead before, EventType what) {
        Lead lead = row(transaction, before.id());
        transaction.emit(what, LeadSight.audience(before, lead), lead.id(), new Payload.OfLead(lead));
        return lead;
    }

    /// Everybody who saw it in the tank learns that it is gone.
    private static Lead toldClaimed(Transaction transaction, LeadId id) {
        Lead lead = row(transaction, id);
        transaction.emit(EventType.LEAD_CLAIMED, LeadSight.audience(unowned(lead), lead), id, new Payload.OfLead(lead));
        return lead;
    }

    private static Lead unowned(Lead lead) {
        return new Lead(
                lead.id(),
                lead.name(),
                lead.phone(),
                lead.email(),
                lead.source(),
                lead.stage(),
                null,
                null,
                lead.officeId(),
                lead.tags(),
                lead.fields(),
                lead.notes(),
                lead.version(),
                lead.createdAt(),
                lead.updatedAt());
    }

    private static Refusal changed(Lead current) {
        return Refusal.conflict(
                "VERSION_CONFLICT", "Somebody changed this lead meanwhile.", Map.of("current", current));
    }

    private static Refusal claimed(Transaction transaction, Principal.User user, Lead lead) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        Map<String, @Nullable Object> owner = new LinkedHashMap<>();
        owner.put("id", lead.ownerId());
        owner.put("name", lead.ownerName());
        details.put("owner", owner);
        details.put(
                "next",
                LeadTable.list(transaction, LeadSight.of(user), LeadTable.Filter.TANK, 1).stream()
                        .findFirst()
                        .orElse(null));
        String by = lead.ownerName() == null ? "somebody else" : lead.ownerName();
        return Refusal.conflict("LEAD_ALREADY_CLAIMED", "This lead was claimed by " + by + ".", details);
    }
}
