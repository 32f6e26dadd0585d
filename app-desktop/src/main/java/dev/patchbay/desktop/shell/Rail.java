package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.controls.Badge;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The left edge: where one can go, and who one is. Up and down move between the entries.
final class Rail extends VBox {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final double WIDE = 196;
    private static final double NARROW = 60;

    private final BooleanProperty collapsed = new SimpleBooleanProperty();
    private final VBox entries = new VBox(4);
    private final ShellModel model;

    Rail(ShellModel model, Actions actions) {
        this.model = model;
        getStyleClass().add("rail");
        Region mark = new Region();
        mark.getStyleClass().add("brand-mark");
        Label name = new Label();
        name.textProperty().bind(Words.bind("shell.product"));
        name.getStyleClass().add("rail-product");
        HBox brand = new HBox(10, mark, name);
        brand.setAlignment(Pos.CENTER_LEFT);
        brand.getStyleClass().add("rail-brand");
        Region room = new Region();
        VBox.setVgrow(room, Priority.ALWAYS);
        getChildren().addAll(brand, entries, room, fold(), user(actions));
        hideWhenCollapsed(name);
        prefWidthProperty().bind(collapsed.map(c -> c ? NARROW : WIDE));
        minWidthProperty().bind(prefWidthProperty());
        maxWidthProperty().bind(prefWidthProperty());
        entries.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    BooleanProperty collapsed() {
        return collapsed;
    }

    /// Shows these entries.
    void show(List<Screen> screens, Consumer<Screen> go) {
        entries.getChildren().setAll(screens.stream().map(s -> entry(s, go)).toList());
    }

    void current(String id) {
        entries.getChildren().forEach(node -> node.pseudoClassStateChanged(CURRENT, id.equals(node.getId())));
    }

    private Button entry(Screen screen, Consumer<Screen> go) {
        Badge urgent = new Badge(true);
        Badge quiet = new Badge(false);
        // Read through bindings of the map's value, so that an entry that is gone leaves no listener behind.
        var count = javafx.beans.binding.Bindings.valueAt(model.badges(), screen.id());
        urgent.count().bind(count.map(c -> c.urgent() ? c.number() : 0).orElse(0));
        quiet.count().bind(count.map(c -> c.urgent() ? 0 : c.number()).orElse(0));
        Label name = new Label();
        name.textProperty().bind(Words.bind(screen.titleKey()));
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        Region dot = new Region();
        dot.getStyleClass().add("rail-dot");
        dot.visibleProperty().bind(collapsed.and(urgent.count().greaterThan(0)));
        dot.managedProperty().bind(dot.visibleProperty());
        StackPane icon = new StackPane(Icon.of(screen.icon(), 17), dot);
        StackPane.setAlignment(dot, Pos.TOP_RIGHT);
        HBox row = new HBox(12, icon, name, room, urgent, quiet);
        row.setAlignment(Pos.CENTER_LEFT);
        Button entry = new Button();
        entry.setId(screen.id());
        entry.getStyleClass().setAll("rail-item");
        entry.setGraphic(row);
        entry.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        entry.setMaxWidth(Double.MAX_VALUE);
        row.prefWidthProperty().bind(entry.widthProperty().subtract(22));
        entry.accessibleTextProperty()
                .bind(Words.bind(screen.titleKey()).flatMap(title -> count.map(c -> title + ", " + c.number())
                        .orElse(title)));
        hideWhenCollapsed(name);
        row.getChildren().stream().skip(2).forEach(node -> {
            if (!(node instanceof Badge)) {
                hideWhenCollapsed(node);
            }
        });
        collapsed.subscribe(now -> {
            row.getChildren().removeAll(urgent, quiet);
            if (!now) {
                row.getChildren().addAll(urgent, quiet);
            }
        });
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(name.textProperty());
        entry.tooltipProperty().bind(collapsed.map(c -> c ? tip : null));
        entry.setOnAction(_ -> go.accept(screen));
        return entry;
    }

    private Button fold() {
        Button fold = new Button();
        fold.getStyleClass().setAll("rail-item");
        Label name = new Label();
        name.textProperty().bind(Words.bind("shell.rail.fold"));
        hideWhenCollapsed(name);
        var icon = Icon.of(Feather.CHEVRONS_LEFT, 17);
        icon.rotateProperty().bind(collapsed.map(c -> c ? 180 : 0));
        HBox row = new HBox(12, icon, name);
        row.setAlignment(Pos.CENTER_LEFT);
        fold.setGraphic(row);
        fold.setMaxWidth(Double.MAX_VALUE);
        fold.setAlignment(Pos.CENTER_LEFT);
        fold.accessibleTextProperty()
                .bind(collapsed.flatMap(c -> Words.bind(c ? "shell.rail.unfold" : "shell.rail.fold")));
        fold.setOnAction(_ -> collapsed.set(!collapsed.get()));
        return fold;
    }

    private Button user(Actions actions) {
        Avatar avatar = new Avatar(30);
        avatar.name().bind(model.me().map(me -> me.name()).orElse(""));
        Label name = new Label();
        name.getStyleClass().add("rail-name");
        name.textProperty().bind(avatar.name());
        Label where = new Label();
        where.getStyleClass().add("rail-where");
        where.textProperty().bind(model.me().map(me -> me.company().name()).orElse(""));
        VBox lines = new VBox(1, name, where);
        lines.setMinWidth(0);
        hideWhenCollapsed(lines);
        HBox row = new HBox(10, avatar, lines);
        row.setAlignment(Pos.CENTER_LEFT);
        Button user = new Button();
        user.getStyleClass().setAll("rail-user");
        user.setGraphic(row);
        user.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        user.setAlignment(Pos.CENTER_LEFT);
        user.setMaxWidth(Double.MAX_VALUE);
        user.accessibleTextProperty().bind(Words.bind("shell.user.menu", avatar.name()));
        user.setOnAction(_ -> {
            ContextMenu menu = new ContextMenu();
            for (String id : List.of("go.profile", "go.settings", "help.shortcuts", "session.signOut")) {
                actions.find(id).ifPresent(action -> menu.getItems().add(item(action, actions)));
            }
            menu.show(user, Side.TOP, 0, -8);
        });
        return user;
    }

    private static MenuItem item(Actions.Action action, Actions actions) {
        MenuItem item = new MenuItem(Words.of(action.words()), Icon.of(action.icon()));
        item.setOnAction(_ -> actions.run(action.id()));
        return item;
    }

    private void hideWhenCollapsed(javafx.scene.Node node) {
        node.visibleProperty().bind(collapsed.not());
        node.managedProperty().bind(collapsed.not());
    }

    private void keys(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        if (step == 0) {
            return;
        }
        for (int i = 0; i < entries.getChildren().size(); i++) {
            if (entries.getChildren().get(i).isFocused()) {
                int next = Math.clamp(i + step, 0, entries.getChildren().size() - 1);
                entries.getChildren().get(next).requestFocus();
                event.consume();
                return;
            }
        }
    }
}
