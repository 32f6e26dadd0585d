package dev.patchbay.desktop.controls;

import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;

/// Any number of choices as chips: a press takes one out, "Add" offers the rest.
public final class ChipPicker extends FlowPane {
    private final ObservableList<String> chosen = FXCollections.observableArrayList();
    private final ObservableList<String> offered = FXCollections.observableArrayList();
    private final BooleanProperty fixed = new SimpleBooleanProperty();
    private final Function<String, String> words;
    private final Button add = new Button("", Icon.of(Feather.PLUS, 13));
    private final Label none = new Label();

    /// @param words what a person reads of a value, in the language in force
    public ChipPicker(Function<String, String> words) {
        super(6, 6);
        this.words = words;
        getStyleClass().add("chips");
        add.getStyleClass().addAll("chip", "chip-add");
        add.textProperty().bind(Words.bind("common.add"));
        add.setOnAction(_ -> offer());
        none.getStyleClass().add("soft");
        none.textProperty().bind(Words.bind("common.none"));
        chosen.addListener((ListChangeListener<String>) _ -> show());
        offered.addListener((ListChangeListener<String>) _ -> show());
        fixed.addListener((_, _, _) -> show());
        Words.language().subscribe(_ -> show());
    }

    /// What is chosen, in the order it is shown.
    public ObservableList<String> chosen() {
        return chosen;
    }

    /// What can be chosen.
    public ObservableList<String> offered() {
        return offered;
    }

    /// Only to be looked at.
    public BooleanProperty fixed() {
        return fixed;
    }

    private void show() {
        // The focus stays here when the chip in focus goes.
        boolean focus = getChildren().stream().anyMatch(node -> node.isFocused());
        getChildren().setAll(chosen.stream().map(this::chip).toList());
        if (chosen.isEmpty() && fixed.get()) {
            getChildren().add(none);
        }
        if (!fixed.get()) {
            add.setDisable(offered.stream().allMatch(chosen::contains));
            getChildren().add(add);
            if (focus) {
                add.requestFocus();
            }
        }
    }

    private javafx.scene.Node chip(String value) {
        if (fixed.get()) {
            return new Pill(words.apply(value), Tone.ACCENT);
        }
        Button chip = new Button(words.apply(value), Icon.of(Feather.X, 12));
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("chip");
        chip.setMinWidth(USE_PREF_SIZE);
        chip.setAccessibleText(Words.of("common.remove", chip.getText()));
        chip.setOnAction(_ -> chosen.remove(value));
        return chip;
    }

    private void offer() {
        ContextMenu menu = new ContextMenu();
        List<String> rest =
                offered.stream().filter(value -> !chosen.contains(value)).toList();
        for (String value : rest) {
            MenuItem item = new MenuItem(words.apply(value));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> chosen.add(value));
            menu.getItems().add(item);
        }
        menu.show(add, Side.BOTTOM, 0, 4);
    }
}
