package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.admin.Said;
import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Segmented;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Me;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Who one is: name, roles, company and its licence, and the language of the console.
final class PersonCard extends AccountCard {
    private final Errands errands;
    private final Field<TextField> name = new Field<>(Words.bind("profile.name"), new TextField());
    private final Label licence = label("", "small", "soft");
    private final Avatar avatar = new Avatar(48);
    private final Consumer<String> renamed;
    private final StringProperty known;

    /// @param renamed hears of a new name
    /// @param language keeps the choice of language on this machine
    PersonCard(Me me, Errands errands, Consumer<String> renamed, Consumer<Locale> language) {
        super("profile.person.");
        this.errands = errands;
        this.renamed = renamed;
        this.known = new SimpleStringProperty(me.name());
        avatar.name().set(me.name());
        HBox roles = new HBox(4);
        me.roles().stream().sorted(Comparator.naturalOrder()).forEach(role -> roles.getChildren()
                .add(new Pill(Words.bind("admin.role." + role.wire()), Tone.ACCENT)));
        roles.setAlignment(Pos.CENTER_LEFT);
        VBox lines = new VBox(
                3,
                new HBox(10, label(me.email(), "medium"), roles),
                label(me.company().name(), "small", "soft"),
                licence);
        licence.managedProperty().bind(licence.textProperty().isNotEmpty());
        HBox who = new HBox(14, avatar, lines);
        who.setAlignment(Pos.CENTER_LEFT);
        name.control().setId("profile-name");
        name.control().setText(me.name());
        name.setPrefWidth(320);
        Button save = button(Words.bind("profile.save"), this::save);
        save.setId("profile-save");
        save.disableProperty().bind(name.control().textProperty().isEqualTo(known));
        name.control().setOnAction(_ -> save());
        HBox named = row(name, save);
        named.setAlignment(Pos.TOP_LEFT);
        // Level with the field below its label.
        HBox.setMargin(save, new Insets(21, 0, 0, 0));
        Segmented<Locale> tongue = new Segmented<>(Words.language().get());
        for (Locale locale : Words.LANGUAGES) {
            String own = locale.getDisplayLanguage(locale);
            tongue.add(locale, new SimpleStringProperty(own.substring(0, 1).toUpperCase(locale) + own.substring(1)));
        }
        Words.language().subscribe(now -> {
            if (!now.equals(tongue.chosen().get())) {
                tongue.choose(now);
            }
        });
        tongue.chosen().subscribe((_, locale) -> {
            Words.speak(locale);
            language.accept(locale);
            // Letters from the server follow it; a server that does not know the wish is no reason for a word.
            errands.run(
                    wire -> wire.put("/settings/user/preferences", Map.of("language", locale.toLanguageTag())),
                    _ -> {},
                    _ -> {});
        });
        content()
                .getChildren()
                .addAll(who, name, row(save), new VBox(4, label(Words.bind("profile.language"), "field-name"), tongue));
    }

    @Override
    void onShow() {
        errands.run(wire -> wire.get("/auth/license"), this::licence, _ -> licence.setText(""));
    }

    private void licence(JsonNode now) {
        String until = now.path("expiresAt").asText("");
        String plan = now.path("plan").asText("");
        licence.setText(
                plan.isEmpty()
                        ? ""
                        : now.path("expired").asBoolean()
                                ? Words.of("profile.licence.expired", plan, Said.day(until))
                                : until.isEmpty()
                                        ? Words.of("profile.licence", plan)
                                        : Words.of("profile.licence.until", plan, Said.day(until)));
    }

    private void save() {
        String wanted = name.control().getText().strip();
        name.error().set(wanted.isEmpty() ? Words.of("admin.fault.missing") : "");
        if (wanted.isEmpty() || wanted.equals(known.get())) {
            return;
        }
        errands.run(
                wire -> wire.put("/auth/profile", Map.of("name", wanted)),
                _ -> {
                    known.set(wanted);
                    avatar.name().set(wanted);
                    renamed.accept(wanted);
                    good(Words.of("profile.saved"));
                },
                failure -> refused(failure, Map.of("name", name)));
    }
}
