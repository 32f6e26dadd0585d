package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Queues: their rules, and who takes their calls.
final class QueueSection {
    private static final String MEMBERS = "userIds";

    private QueueSection() {}

    static Section section() {
        return new Section(
                "queues",
                "admin.queues.",
                Feather.INBOX,
                Permission.QUEUES_MANAGE,
                new WithMembers(),
                List.of(
                        Column.name(180),
                        Column.plain("strategy", 130).kept(),
                        Column.plain("ringSeconds", 90).drawn(Column.Look.SECONDS),
                        Column.plain("wrapUpSeconds", 110).drawn(Column.Look.SECONDS),
                        Column.plain("skills", 160).drawn(Column.Look.PILLS)),
                List.of(
                        Input.Line.required("name", 100),
                        new Input.One(
                                "strategy",
                                Choice.fixed(
                                        "admin.strategy.",
                                        Arrays.stream(Strategy.values())
                                                .map(Strategy::wire)
                                                .toArray(String[]::new)),
                                false,
                                Strategy.LONGEST_IDLE.wire()),
                        new Input.Count("ringSeconds", 5, 120, false),
                        new Input.Count("wrapUpSeconds", 0, 3600, true),
                        new Input.Switch("dispositionRequired", Input.When.ALWAYS),
                        new Input.Many("skills", Choice.named("/skills", "name", "name")),
                        new Input.People(MEMBERS, Choice.named("/agents", "userId", "name"))),
                new Section.Can(true, true, Section.Removal.CONFIRM));
    }

    /// The members are a resource of their own.
    private static final class WithMembers extends Shelf {
        WithMembers() {
            super("/queues");
        }

        @Override
        JsonNode open(Wire wire, JsonNode row) {
            return with(super.open(wire, row), wire.get(pathOf(row) + "/agents").path(MEMBERS));
        }

        @Override
        JsonNode save(Wire wire, @Nullable JsonNode seen, ObjectNode body) {
            JsonNode members = body.remove(MEMBERS);
            JsonNode kept = super.save(wire, seen, body);
            // Without having seen who is in, nobody is put out.
            boolean known = seen == null || seen.has(MEMBERS);
            boolean other =
                    seen == null ? !members.isEmpty() : !Draft.sorted(members).equals(Draft.sorted(seen.path(MEMBERS)));
            if (known && other) {
                kept = wire.put(pathOf(kept) + "/agents", Map.of(MEMBERS, members));
            }
            return with(kept, members);
        }

        private static JsonNode with(JsonNode queue, JsonNode members) {
            ObjectNode all = queue.deepCopy();
            all.set(MEMBERS, members);
            return all;
        }
    }
}
