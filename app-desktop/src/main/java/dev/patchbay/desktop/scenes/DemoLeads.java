package dev.patchbay.desktop.scenes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.leads.LeadDraft;
import dev.patchbay.desktop.session.Answer;
import dev.patchbay.desktop.session.Commands;
import dev.patchbay.desktop.session.Table;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.UserId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads that behave as the server's: one owner each, versions that count up, a stale change refused with the lead as
/// it is. Answers come a turn later, as they do over a line.
public final class DemoLeads implements Commands {
    private final Map<LeadId, Lead> rows = new HashMap<>();
    private final Table<LeadId, Lead> table;
    private final UserId me;
    private final String myName;
    private final InstantSource clock;
    private final Executor screen;
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    DemoLeads(Table<LeadId, Lead> table, UserId me, String myName, InstantSource clock, Executor screen) {
        this.table = table;
        this.me = me;
        this.myName = myName;
        this.clock = clock;
        this.screen = screen;
    }

    /// The line to the server is cut, or back.
    public void away(boolean cut) {
        away = cut;
    }

    /// The types of all commands so far.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public Lead now(LeadId id) {
        Lead lead = rows.get(id);
        if (lead == null) {
            throw new IllegalArgumentException("no such lead: " + id);
        }
        return lead;
    }

    /// Puts a lead in at the server; the console hears of it when told.
    void put(Lead lead, boolean told) {
        rows.put(lead.id(), lead);
        if (told) {
            table.put(lead);
        }
    }

    /// A colleague takes the lead.
    ///
    /// @param told whether this console has heard of it
    public Lead takenBy(LeadId id, UserId other, String name, boolean told) {
        Lead taken = owned(now(id), other, name);
        put(taken, told);
        return taken;
    }

    /// A colleague writes another phone number into the lead.
    public Lead phoneChanged(LeadId id, String phone, boolean told) {
        Lead was = now(id);
        Lead changed = new Lead(
                was.id(),
                was.name(),
                phone,
                was.email(),
                was.source(),
                was.stage(),
                was.ownerId(),
                was.ownerName(),
                was.officeId(),
                was.tags(),
                was.fields(),
                was.notes(),
                was.version() + 1,
                was.createdAt(),
                clock.instant());
        put(changed, told);
        return changed;
    }

    @Override
    public void ask(String type, Object data, Consumer<Answer> answer) {
        asked.add(type);
        Answer now = away
                ? new Answer.Failed(new Unreachable(Unreachable.Reason.OFFLINE, "There is no line to the server."))
                : done(type, Json.tree(data));
        screen.execute(() -> answer.accept(now));
    }

    @Override
    public void keep(String type, Object data, Consumer<Answer> answer) {
        asked.add(type);
        Answer now = away ? new Answer.Kept("c-" + asked.size()) : done(type, Json.tree(data));
        screen.execute(() -> answer.accept(now));
    }

    private Answer done(String type, JsonNode data) {
        if (type.equals("lead.create")) {
            return write(null, Json.convert(data, LeadDraft.class));
        }
        LeadId id = LeadId.of(data.path("lead").asText());
        Lead lead = rows.get(id);
        if (lead == null) {
            return new Answer.No(ErrorBody.of("NOT_FOUND", "This lead is not there."));
        }
        return switch (type) {
            case "lead.claim" -> claim(lead);
            case "lead.release" -> answer(owned(lead, null, null));
            case "lead.update" -> write(lead, Json.convert(data, LeadDraft.class));
            case "lead.delete" -> {
                rows.remove(id);
                yield new Answer.Done(Json.tree(Map.of()));
            }
            default -> throw new IllegalArgumentException("no command of leads: " + type);
        };
    }

    private Answer claim(Lead lead) {
        if (lead.ownerId() != null && !lead.ownerId().equals(me)) {
            ObjectNode details = Json.MAPPER.createObjectNode();
            details.putObject("owner").put("id", lead.ownerId().toString()).put("name", lead.ownerName());
            return new Answer.No(
                    new ErrorBody("error", "Somebody else was faster.", "LEAD_ALREADY_CLAIMED", List.of(), details));
        }
        return answer(owned(lead, me, myName));
    }

    private Answer write(@Nullable Lead was, LeadDraft draft) {
        if (was != null && draft.version() != null && draft.version() != was.version()) {
            ObjectNode details = Json.MAPPER.createObjectNode();
            details.set("current", Json.tree(was));
            return new Answer.No(
                    new ErrorBody("error", "It was changed meanwhile.", "STALE_VERSION", List.of(), details));
        }
        return answer(new Lead(
                was == null ? LeadId.fresh() : was.id(),
                draft.name(),
                draft.phone(),
                draft.email(),
                draft.source(),
                draft.stage(),
                was == null ? null : was.ownerId(),
                was == null ? null : was.ownerName(),
                null,
                draft.tags(),
                Map.of(),
                draft.notes(),
                was == null ? 1 : was.version() + 1,
                was == null ? clock.instant() : was.createdAt(),
                clock.instant()));
    }

    private Answer answer(Lead lead) {
        rows.put(lead.id(), lead);
        return new Answer.Done(Json.tree(lead));
    }

    private Lead owned(Lead was, @Nullable UserId owner, @Nullable String name) {
        return new Lead(
                was.id(),
                was.name(),
                was.phone(),
                was.email(),
                was.source(),
                was.stage(),
                owner,
                name,
                was.officeId(),
                was.tags(),
                was.fields(),
                was.notes(),
                was.version() + 1,
                was.createdAt(),
                clock.instant());
    }
}
