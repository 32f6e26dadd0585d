package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.words.Words;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All keys on one sheet (F1), as they are in force now.
final class ShortcutSheet {
    private final Actions actions;
    private final GridPane grid = new GridPane(32, 10);
    private final ScrollPane scroll = new ScrollPane(grid);
    private final Overlay overlay;

    ShortcutSheet(Actions actions) {
        this.actions = actions;
        Label title = new Label();
        title.getStyleClass().add("title");
        title.textProperty().bind(Words.bind("shell.shortcuts.title"));
        Label hint = new Label();
        hint.getStyleClass().addAll("soft", "small");
        hint.textProperty().bind(Words.bind("shell.shortcuts.hint"));
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(50);
            grid.getColumnConstraints().add(column);
        }
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(520);
        scroll.accessibleTextProperty().bind(title.textProperty());
        VBox box = new VBox(14, title, scroll, hint);
        box.setMaxWidth(720);
        box.getStyleClass().add("sheet-body");
        overlay = new Overlay(box, 72);
    }

    Node node() {
        return overlay;
    }

    void open() {
        grid.getChildren().clear();
        int at = 0;
        for (Actions.Action action : actions.visible()) {
            String keys = actions.keysText(action.id());
            if (!keys.isEmpty()) {
                grid.add(row(action, keys), at % 2, at / 2);
                at++;
            }
        }
        overlay.show(scroll);
    }

    private static Node row(Actions.Action action, String keys) {
        Label name = new Label(Words.of(action.words()));
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        Label key = new Label(keys);
        key.getStyleClass().add("key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(10, Icon.of(action.icon()), name, room, key);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
