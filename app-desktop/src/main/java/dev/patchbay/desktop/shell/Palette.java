package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Finds anything by a few letters: every action, and what the screens add (leads, people). Typed from the first letter
/// to Enter without a mouse.
public final class Palette {
    private static final int MOST = 12;

    private final Actions actions;
    private final List<Source> sources = new ArrayList<>();
    private final TextField field = new TextField();
    private final ListView<Hit> list = new ListView<>();
    private final Label nothing = new Label();
    private final Overlay overlay;

    /// One thing found.
    ///
    /// @param note at the right, such as the keys or where it is from
    public record Hit(Feather icon, String name, String note, int score, Runnable run) {}

    /// Somewhere to look besides the actions. Asked on the JavaFX thread at every letter: answer from memory.
    public interface Source {
        List<Hit> find(String typed);
    }

    Palette(Actions actions) {
        this.actions = actions;
        field.promptTextProperty().bind(Words.bind("shell.find"));
        field.accessibleTextProperty().bind(Words.bind("shell.find"));
        field.getStyleClass().add("palette-field");
        list.accessibleTextProperty().bind(Words.bind("shell.palette.results"));
        list.setCellFactory(_ -> new Row());
        list.setFixedCellSize(38);
        list.setFocusTraversable(false);
        list.getStyleClass().add("palette-list");
        list.setOnMouseClicked(_ -> go());
        nothing.textProperty().bind(Words.bind("shell.palette.nothing"));
        nothing.getStyleClass().addAll("soft", "palette-nothing");
        nothing.setWrapText(true);
        VBox box = new VBox(8, field, list, nothing);
        box.setMaxWidth(620);
        box.getStyleClass().add("palette");
        overlay = new Overlay(box, 8);
        field.textProperty().subscribe(this::find);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Adds somewhere to look, until unsubscribed.
    public Subscription add(Source source) {
        sources.add(source);
        return () -> sources.remove(source);
    }

    /// Opens it with the focus in the field.
    public void open() {
        field.clear();
        find("");
        overlay.show(field);
    }

    Node node() {
        return overlay;
    }

    /// How well the letters fit a name, for sources that rank as the actions do; `Integer.MIN_VALUE` for not at all.
    public static int score(String typed, String name) {
        return Fuzzy.score(typed, name);
    }

    private void find(@Nullable String typed) {
        String wanted = typed == null ? "" : typed.strip();
        List<Hit> hits = new ArrayList<>();
        for (Actions.Action action : actions.visible()) {
            String name = Words.of(action.words());
            int score = Fuzzy.score(wanted, name);
            if (action.enabled().get() && score != Fuzzy.NONE) {
                hits.add(new Hit(
                        action.icon(), name, actions.keysText(action.id()), score, () -> actions.run(action.id())));
            }
        }
        if (!wanted.isEmpty()) {
            sources.forEach(source -> hits.addAll(source.find(wanted)));
            hits.sort(Comparator.comparingInt(Hit::score).reversed());
        }
        list.getItems().setAll(hits.stream().limit(MOST).toList());
        list.getSelectionModel().selectFirst();
        double height = list.getFixedCellSize() * list.getItems().size() + 4;
        list.setMinHeight(height);
        list.setPrefHeight(height);
        list.setMaxHeight(height);
        boolean none = hits.isEmpty();
        list.setVisible(!none);
        list.setManaged(!none);
        nothing.setVisible(none);
        nothing.setManaged(none);
    }

    private void keys(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case ENTER -> go();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int step) {
        int size = list.getItems().size();
        if (size > 0) {
            int at = Math.floorMod(list.getSelectionModel().getSelectedIndex() + step, size);
            list.getSelectionModel().select(at);
            list.scrollTo(Math.max(0, at - 3));
        }
    }

    private void go() {
        Hit hit = list.getSelectionModel().getSelectedItem();
        if (hit != null) {
            overlay.hide();
            hit.run().run();
        }
    }

    private static final class Row extends ListCell<Hit> {
        private final Label name = new Label();
        private final Label note = new Label();
        private final HBox row = new HBox(12);

        Row() {
            Region room = new Region();
            HBox.setHgrow(room, Priority.ALWAYS);
            note.getStyleClass().add("key");
            note.setMinWidth(Region.USE_PREF_SIZE);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getChildren().addAll(new Region(), name, room, note);
        }

        @Override
        protected void updateItem(@Nullable Hit hit, boolean empty) {
            super.updateItem(hit, empty);
            if (empty || hit == null) {
                setGraphic(null);
                return;
            }
            row.getChildren().set(0, Icon.of(hit.icon()));
            name.setText(hit.name());
            note.setText(hit.note());
            note.setVisible(!hit.note().isEmpty());
            setGraphic(row);
            setAccessibleText(hit.note().isEmpty() ? hit.name() : hit.name() + ", " + hit.note());
        }
    }
}
