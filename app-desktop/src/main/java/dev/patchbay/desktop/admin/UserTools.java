package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.controls.Secret;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What is done with an account besides its fields: a new password, ended sign-ins, a farewell with its leads handed
/// on.
final class UserTools implements EditorView.Extra {
    private final SectionController controller;
    private final VBox box = new VBox(10);
    private final VBox open = new VBox(10);
    private final HBox buttons;
    private @Nullable String shown;

    UserTools(SectionController controller) {
        this.controller = controller;
        Button password = button(Words.bind("admin.users.reset"), this::askPassword);
        password.setId("reset-password");
        Button sessions = button(Words.bind("admin.users.sessions"), this::sessions);
        sessions.setId("sessions");
        Button leave = button(Words.bind("admin.users.offboard"), this::offboard);
        leave.setId("offboard");
        buttons = new HBox(6, password, sessions, leave);
        for (Button each : new Button[] {password, sessions, leave}) {
            each.setMinWidth(Region.USE_PREF_SIZE);
            each.getStyleClass().add("compact");
        }
        box.getChildren().addAll(label(Words.bind("admin.users.account"), "section"), buttons, open);
        box.getStyleClass().add("admin-extra");
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(@Nullable JsonNode entry) {
        String id = entry == null ? null : controller.section().shelf().idOf(entry);
        if (!Objects.equals(id, shown)) {
            shown = id;
            open.getChildren().clear();
        }
    }

    private @Nullable JsonNode entry() {
        Draft draft = controller.model().draft().get();
        return draft == null ? null : draft.seen().get();
    }

    private void place(Node... nodes) {
        open.getChildren().setAll(nodes);
    }

    private void failed(RuntimeException why) {
        Label said = label(Said.why(why), "text-bad");
        said.setWrapText(true);
        place(said);
    }

    private void askPassword() {
        JsonNode user = entry();
        if (user == null) {
            return;
        }
        Label ask = wrapped(Words.of("admin.users.reset.ask", user.path("name").asText()));
        Button yes = button(Words.bind("admin.users.reset.yes"), () -> reset(user), "primary");
        yes.setId("reset-yes");
        place(ask, new HBox(8, yes, button(Words.bind("admin.cancel"), this::nothing)));
    }

    private void reset(JsonNode user) {
        String path = controller.section().shelf().pathOf(user);
        controller
                .errands()
                .run(
                        wire -> wire.post(path + "/reset-password", Map.of()),
                        answer -> place(
                                wrapped(Words.of("admin.users.reset.done")),
                                new Secret(
                                        Words.bind("admin.users.reset"),
                                        answer.path("password").asText())),
                        this::failed);
    }

    private void sessions() {
        JsonNode user = entry();
        if (user == null) {
            return;
        }
        String path = controller.section().shelf().pathOf(user) + "/sessions";
        controller.errands().run(wire -> wire.get(path), page -> sessions(path, page.path("items")), this::failed);
    }

    private void sessions(String path, JsonNode sessions) {
        if (sessions.isEmpty()) {
            place(wrapped(Words.of("admin.users.sessions.none")));
            return;
        }
        VBox rows = new VBox(8);
        sessions.forEach(session -> {
            Label device = label(Device.name(session.path("device").asText()), "medium");
            Label when = label(
                    Words.of(
                            "admin.users.sessions.used",
                            session.path("address").asText(),
                            Said.when(session.path("lastUsedAt").asText())),
                    "small",
                    "soft");
            rows.getChildren().add(new VBox(1, device, when));
        });
        Button end = button(Words.bind("admin.users.sessions.end"), () -> endSessions(path));
        end.setId("sessions-end");
        place(rows, new HBox(end));
    }

    private void endSessions(String path) {
        controller
                .errands()
                .run(
                        wire -> {
                            wire.delete(path);
                            return true;
                        },
                        _ -> place(wrapped(Words.of("admin.users.sessions.ended"))),
                        this::failed);
    }

    private void offboard() {
        JsonNode user = entry();
        if (user == null) {
            return;
        }
        String self = controller.section().shelf().idOf(user);
        ComboBox<Choice> heir = new ComboBox<>();
        heir.setId("heir");
        heir.setMaxWidth(Double.MAX_VALUE);
        heir.accessibleTextProperty().bind(Words.bind("admin.users.offboard.to"));
        Choice tank = new Choice("", Words.bind("admin.users.offboard.tank"));
        heir.getItems().add(tank);
        heir.setValue(tank);
        controller
                .errands()
                .run(
                        wire -> Choice.named(UserSection.OF_COMPANY, "id", "name")
                                .load(wire),
                        all -> all.stream()
                                .filter(each -> !each.value().equals(self))
                                .forEach(heir.getItems()::add),
                        this::failed);
        Button go = button(
                Words.bind("admin.users.offboard.yes"),
                () -> offboard(user, heir.getValue().value()),
                "danger");
        go.setId("offboard-yes");
        place(
                wrapped(Words.of("admin.users.offboard.ask", user.path("name").asText())),
                label(Words.bind("admin.users.offboard.to"), "field-name"),
                heir,
                new HBox(8, go, button(Words.bind("admin.cancel"), this::nothing)));
    }

    private void offboard(JsonNode user, String heir) {
        String path = controller.section().shelf().pathOf(user);
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("leadsTo", heir.isEmpty() ? null : heir);
        String name = user.path("name").asText();
        controller
                .errands()
                .run(
                        wire -> wire.post(path + "/offboard", wish),
                        answer -> {
                            nothing();
                            controller
                                    .news()
                                    .say(
                                            Tone.GOOD,
                                            Words.of(
                                                    "admin.users.offboard.done",
                                                    name,
                                                    answer.path("leadsMoved").asInt(),
                                                    answer.path("sessionsEnded").asInt()));
                            controller.again(user);
                        },
                        this::failed);
    }

    private void nothing() {
        open.getChildren().clear();
        buttons.getChildren().getFirst().requestFocus();
    }

    private static Label wrapped(String text) {
        Label label = label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setAlignment(Pos.TOP_LEFT);
        return label;
    }
}
