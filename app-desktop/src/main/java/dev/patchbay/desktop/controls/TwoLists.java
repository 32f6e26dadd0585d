package dev.patchbay.desktop.controls;

import dev.patchbay.desktop.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Who is in and who is not, side by side. Enter, a double click or the buttons between move what is selected.
public final class TwoLists extends HBox {
    private static final double HEIGHT = 168;

    private final ObservableList<String> chosen = FXCollections.observableArrayList();
    private final ObservableList<String> offered = FXCollections.observableArrayList();
    private final Function<String, String> words;
    private final ListView<String> in = new ListView<>();
    private final ListView<String> out = new ListView<>();

    /// @param words what a person reads of a value
    /// @param inName what the chosen ones are called
    /// @param outName what the others are called
    public TwoLists(Function<String, String> words, ObservableValue<String> inName, ObservableValue<String> outName) {
        super(6);
        this.words = words;
        Button take = Nodes.iconButton(Feather.CHEVRON_LEFT, Words.bind("common.take"), () -> move(out, true));
        Button put = Nodes.iconButton(Feather.CHEVRON_RIGHT, Words.bind("common.put"), () -> move(in, false));
        take.disableProperty()
                .bind(javafx.beans.binding.Bindings.isEmpty(
                        out.getSelectionModel().getSelectedItems()));
        put.disableProperty()
                .bind(javafx.beans.binding.Bindings.isEmpty(
                        in.getSelectionModel().getSelectedItems()));
        VBox between = new VBox(6, take, put);
        between.setAlignment(Pos.CENTER);
        between.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(side(in, inName, false), between, side(out, outName, true));
        chosen.addListener((ListChangeListener<String>) _ -> show());
        offered.addListener((ListChangeListener<String>) _ -> show());
    }

    /// Who is in.
    public ObservableList<String> chosen() {
        return chosen;
    }

    /// Everybody who may be.
    public ObservableList<String> offered() {
        return offered;
    }

    private VBox side(ListView<String> list, ObservableValue<String> name, boolean into) {
        Label head = Nodes.label(name, "tiny", "soft");
        head.setLabelFor(list);
        list.accessibleTextProperty().bind(name);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setPrefHeight(HEIGHT);
        list.setMinWidth(0);
        list.setPrefWidth(120);
        list.setFixedCellSize(28);
        list.setCellFactory(_ -> new Name());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                move(list, into);
                event.consume();
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                move(list, into);
            }
        });
        VBox side = new VBox(4, head, list);
        side.setMinWidth(0);
        HBox.setHgrow(side, Priority.ALWAYS);
        return side;
    }

    private void move(ListView<String> from, boolean into) {
        List<String> moved = List.copyOf(from.getSelectionModel().getSelectedItems());
        from.getSelectionModel().clearSelection();
        if (into) {
            chosen.addAll(moved.stream().filter(each -> !chosen.contains(each)).toList());
        } else {
            chosen.removeAll(moved);
        }
    }

    private void show() {
        Comparator<String> byName = Comparator.comparing(words, String.CASE_INSENSITIVE_ORDER);
        set(in, chosen.stream().sorted(byName).toList());
        set(
                out,
                offered.stream()
                        .filter(each -> !chosen.contains(each))
                        .sorted(byName)
                        .toList());
    }

    private static void set(ListView<String> list, List<String> values) {
        if (!values.equals(list.getItems())) {
            list.getItems().setAll(values);
        }
    }

    private final class Name extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String value, boolean empty) {
            super.updateItem(value, empty);
            setText(empty || value == null ? null : words.apply(value));
        }
    }
}
