package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.words.Words;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// The upper edge: own state, search, freshness, who waits.
final class TopBar extends HBox {
    TopBar(ShellModel model, Actions actions) {
        super(16);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("top-bar");
        OwnState state = new OwnState(model);
        Button find = find(actions);
        HBox waiting = waiting(model);
        waiting.managedProperty().bind(widthProperty().greaterThan(860));
        waiting.visibleProperty().bind(waiting.managedProperty());
        Region left = new Region();
        Region right = new Region();
        HBox.setHgrow(left, Priority.SOMETIMES);
        HBox.setHgrow(right, Priority.SOMETIMES);
        HBox.setHgrow(find, Priority.ALWAYS);
        getChildren().addAll(state, left, find, right, new LiveBadge(model), waiting);
    }

    private Button find(Actions actions) {
        Label words = new Label();
        words.getStyleClass().add("soft");
        words.textProperty().bind(Words.bind("shell.find"));
        words.setMinWidth(0);
        Label key = new Label();
        key.getStyleClass().add("key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        key.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> actions.keysText("shell.palette"), actions.changed(), actions.all()));
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox row = new HBox(8, Icon.of(Feather.SEARCH, 15), words, room, key);
        row.setAlignment(Pos.CENTER_LEFT);
        Button find = new Button();
        find.getStyleClass().add("find");
        find.setGraphic(row);
        find.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        find.setMinWidth(44);
        find.setPrefWidth(240);
        find.setMaxWidth(430);
        row.prefWidthProperty().bind(find.widthProperty().subtract(24));
        row.setMinWidth(0);
        room.setMinWidth(0);
        words.visibleProperty().bind(find.widthProperty().greaterThan(140));
        words.managedProperty().bind(words.visibleProperty());
        key.visibleProperty().bind(find.widthProperty().greaterThan(200));
        key.managedProperty().bind(key.visibleProperty());
        find.accessibleTextProperty().bind(Words.bind("shell.find"));
        find.setOnAction(_ -> actions.run("shell.palette"));
        return find;
    }

    private static HBox waiting(ShellModel model) {
        Label count = new Label();
        count.getStyleClass().addAll("small", "soft", "number");
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Words.of(
                                "shell.waiting", model.waiting().getValue().count()),
                        model.waiting(),
                        Words.language()));
        count.setMinWidth(Region.USE_PREF_SIZE);
        Label longest = new Label();
        longest.getStyleClass().addAll("small", "soft");
        longest.textProperty().bind(Words.bind("shell.waiting.longest"));
        longest.setMinWidth(Region.USE_PREF_SIZE);
        ClockLabel time = ClockLabel.since();
        time.getStyleClass().addAll("small", "soft");
        time.from().bind(model.waiting().map(ShellModel.Waiting::oldest));
        longest.visibleProperty().bind(time.from().isNotNull());
        longest.managedProperty().bind(longest.visibleProperty());
        HBox box = new HBox(4, count, longest, time);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }
}
