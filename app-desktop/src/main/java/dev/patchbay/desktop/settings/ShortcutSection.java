package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Card;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.words.Words;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The keys of every action. Press the button, press the keys; Escape leaves it, Delete takes the keys away.
final class ShortcutSection extends Section {
    private final Actions actions;
    private final VBox rows = new VBox(2);
    private final SimpleStringProperty told = new SimpleStringProperty("");
    private @Nullable Subscription hearing;

    ShortcutSection(Actions actions) {
        this.actions = actions;
        Banner conflict = new Banner(Tone.WARN, new SimpleStringProperty(""), told);
        conflict.setId("conflict");
        conflict.visibleProperty().bind(told.isNotEmpty());
        conflict.managedProperty().bind(conflict.visibleProperty());
        Label hint = new Label();
        hint.getStyleClass().addAll("soft", "small");
        hint.setWrapText(true);
        hint.textProperty().bind(Words.bind("settings.keys.hint"));
        getChildren().addAll(hint, conflict, new Card(rows));
    }

    @Override
    void onShow() {
        told.set("");
        fill();
    }

    @Override
    void onHide() {
        deaf();
    }

    private void fill() {
        rows.getChildren().setAll(actions.visible().stream().map(this::row).toList());
    }

    private HBox row(Actions.Action action) {
        Label name = new Label();
        name.textProperty().bind(Words.bind(action.words()));
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        Button keys = new Button();
        keys.setId("keys-" + action.id().replace('.', '-'));
        keys.setMinWidth(150);
        keys.accessibleTextProperty().bind(Words.bind("settings.keys.of", name.textProperty(), keys.textProperty()));
        Button reset = new Button("", Icon.of(Feather.ROTATE_CCW, 14));
        reset.getStyleClass().add("quiet");
        reset.accessibleTextProperty().bind(Words.bind("settings.keys.reset", name.textProperty()));
        show(action, keys, reset);
        reset.setOnAction(_ -> {
            actions.reset(action.id());
            told.set("");
            show(action, keys, reset);
        });
        keys.setOnAction(_ -> {
            keys.setText(Words.of("settings.keys.press"));
            hearing = actions.pause();
        });
        keys.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (hearing != null) {
                event.consume();
                pressed(action, keys, reset, event);
            }
        });
        keys.focusedProperty().subscribe((_, focused) -> {
            if (!focused) {
                deaf();
                show(action, keys, reset);
            }
        });
        HBox row = new HBox(12, Icon.of(action.icon()), name, room, keys, reset);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("setting");
        return row;
    }

    private void pressed(Actions.Action action, Button keys, Button reset, KeyEvent event) {
        if (event.getCode().isModifierKey()) {
            return;
        }
        deaf();
        told.set("");
        if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
            set(action, null);
        } else if (event.getCode() != KeyCode.ESCAPE) {
            set(action, combination(event));
        }
        show(action, keys, reset);
    }

    private void deaf() {
        if (hearing != null) {
            hearing.unsubscribe();
            hearing = null;
        }
    }

    private void set(Actions.Action action, @Nullable KeyCombination keys) {
        try {
            actions.remap(action.id(), keys);
        } catch (Actions.ShortcutTaken e) {
            String text = keys == null ? "" : keys.getDisplayText();
            told.set(Words.of("settings.keys.taken", text, Words.of(e.by().words())));
        }
    }

    private static KeyCombination combination(KeyEvent event) {
        return new KeyCodeCombination(
                event.getCode(),
                down(event.isShiftDown()),
                event.isShortcutDown() ? KeyCombination.ModifierValue.UP : down(event.isControlDown()),
                down(event.isAltDown()),
                event.isShortcutDown() ? KeyCombination.ModifierValue.UP : down(event.isMetaDown()),
                down(event.isShortcutDown()));
    }

    private static KeyCombination.ModifierValue down(boolean down) {
        return down ? KeyCombination.ModifierValue.DOWN : KeyCombination.ModifierValue.UP;
    }

    private void show(Actions.Action action, Button keys, Button reset) {
        String text = actions.keysText(action.id());
        keys.setText(text.isEmpty() ? Words.of("settings.keys.none") : text);
        reset.setVisible(actions.own().containsKey(action.id()));
    }
}
