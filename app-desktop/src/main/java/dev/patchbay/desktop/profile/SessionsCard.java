package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.admin.Device;
import dev.patchbay.desktop.admin.Said;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Where one is signed in, and the end of it.
final class SessionsCard extends AccountCard {
    private final Errands errands;
    private final VBox rows = new VBox();
    private final Button others;

    SessionsCard(Errands errands) {
        super("profile.sessions.");
        this.errands = errands;
        others = button(Words.bind("profile.sessions.others"), () -> end("/auth/sessions"));
        others.setId("sessions-others");
        content().getChildren().addAll(rows, row(others));
    }

    @Override
    void onShow() {
        load();
    }

    void load() {
        errands.run(wire -> wire.get("/auth/sessions"), page -> show(page.path("items")), failure -> {
            rows.getChildren().clear();
            bad(Said.why(failure));
        });
    }

    private void show(JsonNode sessions) {
        rows.getChildren().clear();
        boolean more = false;
        for (JsonNode session : sessions) {
            rows.getChildren().add(line(session));
            more |= !session.path("current").asBoolean();
        }
        others.setDisable(!more);
    }

    private HBox line(JsonNode session) {
        String agent = session.path("device").asText();
        String device = Device.name(agent);
        HBox name = new HBox(8, label(device, "medium"));
        name.setAlignment(Pos.CENTER_LEFT);
        boolean here = session.path("current").asBoolean();
        if (here) {
            name.getChildren().add(new Pill(Words.bind("profile.sessions.here"), Tone.GOOD));
        }
        VBox words = new VBox(
                2,
                name,
                label(
                        Words.of(
                                "profile.sessions.used",
                                session.path("address").asText(),
                                Said.when(session.path("lastUsedAt").asText())),
                        "small",
                        "soft"));
        words.setMinWidth(0);
        boolean phone = agent.contains("iPhone") || agent.contains("Android");
        HBox line = new HBox(12, Icon.of(phone ? Feather.SMARTPHONE : Feather.MONITOR), words, Nodes.gap());
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().addAll("setting", "ruled");
        if (!here) {
            Button end = button(
                    Words.bind("profile.sessions.end"),
                    () -> end("/auth/sessions/" + session.path("id").asText()),
                    "compact");
            end.setMinWidth(Region.USE_PREF_SIZE);
            end.accessibleTextProperty().bind(Words.bind("profile.sessions.endOf", device));
            line.getChildren().add(end);
        }
        return line;
    }

    private void end(String path) {
        errands.run(
                wire -> {
                    wire.delete(path);
                    return true;
                },
                _ -> {
                    good(Words.of("profile.sessions.ended"));
                    load();
                },
                failure -> bad(Said.why(failure)));
    }
}
