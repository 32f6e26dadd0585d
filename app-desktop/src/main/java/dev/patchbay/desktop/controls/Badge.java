package dev.patchbay.desktop.controls;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.control.Label;

/// A count on a rounded ground, such as calls that wait; gone at nought. Above 999 it says `999+`.
public final class Badge extends Label {
    private final IntegerProperty count = new SimpleIntegerProperty();

    /// @param urgent red, for what somebody waits for; else quiet
    public Badge(boolean urgent) {
        getStyleClass().addAll("badge", "number", urgent ? "badge-urgent" : "badge-quiet");
        setMinWidth(USE_PREF_SIZE);
        visibleProperty().bind(count.greaterThan(0));
        managedProperty().bind(visibleProperty());
        textProperty().bind(count.map(n -> n.intValue() > 999 ? "999+" : n.toString()));
    }

    public IntegerProperty count() {
        return count;
    }
}
