package dev.patchbay.desktop.controls;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A row of tabs of which one is chosen, each with an optional count. Left and right move the choice; there is one tab
/// stop for the whole row.
///
/// @param <T> what a tab stands for
public final class Segmented<T> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final ReadOnlyObjectWrapper<T> chosen;

    /// @param first what is chosen at the start; its tab is to be added
    public Segmented(T first) {
        chosen = new ReadOnlyObjectWrapper<>(first);
        getStyleClass().add("segmented");
        setAlignment(Pos.CENTER_LEFT);
        setMaxWidth(USE_PREF_SIZE);
        setMaxHeight(USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TAB_PANE);
        addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Adds a tab.
    ///
    /// @return its count, shown when above nought
    public IntegerProperty add(T value, ObservableValue<String> words) {
        IntegerProperty count = new SimpleIntegerProperty();
        ToggleButton tab = new ToggleButton();
        tab.getStyleClass().setAll("segment");
        tab.textProperty().bind(words);
        tab.setMinWidth(Region.USE_PREF_SIZE);
        Label number = new Label();
        number.getStyleClass().add("number");
        number.textProperty().bind(count.map(n -> String.format(java.util.Locale.getDefault(), "%,d", n.intValue())));
        number.visibleProperty().bind(count.greaterThan(0));
        number.managedProperty().bind(number.visibleProperty());
        tab.setGraphic(number);
        tab.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        tab.setUserData(value);
        tab.setToggleGroup(group);
        tab.setFocusTraversable(value.equals(chosen.get()));
        tab.setSelected(value.equals(chosen.get()));
        tab.setOnAction(_ -> choose(value));
        getChildren().add(tab);
        return count;
    }

    public ReadOnlyObjectProperty<T> chosen() {
        return chosen.getReadOnlyProperty();
    }

    public void choose(T value) {
        for (var node : getChildren()) {
            ToggleButton tab = (ToggleButton) node;
            boolean mine = value.equals(tab.getUserData());
            tab.setSelected(mine);
            tab.setFocusTraversable(mine);
        }
        chosen.set(value);
    }

    private void keys(KeyEvent event) {
        int step =
                switch (event.getCode()) {
                    case LEFT -> -1;
                    case RIGHT -> 1;
                    default -> 0;
                };
        if (step == 0 || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        for (int i = 0; i < getChildren().size(); i++) {
            if (getChildren().get(i).isFocused()) {
                ToggleButton next = (ToggleButton)
                        getChildren().get(Math.clamp(i + step, 0, getChildren().size() - 1));
                next.requestFocus();
                choose(value(next));
                event.consume();
                return;
            }
        }
    }

    @SuppressWarnings("unchecked") // only `add` sets it
    private T value(ToggleButton tab) {
        return (T) tab.getUserData();
    }
}
