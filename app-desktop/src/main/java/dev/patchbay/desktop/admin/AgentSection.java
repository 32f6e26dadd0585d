package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// What agents can do and which queues ring them. An agent is there as soon as a user may take calls.
final class AgentSection {
    private AgentSection() {}

    static Section section() {
        Shelf shelf = Shelf.listed("/agents", "userId", (wire, path, body) -> {
            // The list says `queues`, the change `queueIds`.
            body.set("queueIds", body.remove("queues"));
            // Null would leave the extension as it is.
            body.put("extension", body.path("extension").asText(""));
            return wire.put(path, body);
        });
        return new Section(
                "agents",
                "admin.agents.",
                Feather.HEADPHONES,
                Permission.QUEUES_MANAGE,
                shelf,
                List.of(
                        Column.name(180).drawn(Column.Look.PERSON),
                        Column.plain("extension", 90),
                        Column.plain("skills", 200).drawn(Column.Look.PILLS).kept(),
                        Column.plain("queues", 220).drawn(Column.Look.PILLS)),
                List.of(
                        Input.Line.optional("extension", 10),
                        new Input.Many("skills", Choice.named("/skills", "name", "name")),
                        new Input.Many("queues", Choice.named("/queues", "id", "name"))),
                new Section.Can(false, true, Section.Removal.NEVER));
    }
}
