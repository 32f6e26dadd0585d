package dev.patchbay.desktop.controls;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/// How loud a microphone or a voice is, from 0 to 1. Made for ten changes a second: a change moves one child and lays
/// out nothing else.
public final class LevelMeter extends Region {
    private static final double HEIGHT = 6;

    private final DoubleProperty level = new SimpleDoubleProperty();
    private final Region bar = new Region();

    public LevelMeter() {
        getStyleClass().add("meter");
        bar.getStyleClass().add("meter-bar");
        bar.setManaged(false);
        getChildren().add(bar);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setMinWidth(40);
        setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
        level.addListener((_, _, _) -> show());
        widthProperty().addListener((_, _, _) -> show());
    }

    public DoubleProperty level() {
        return level;
    }

    private void show() {
        double part = Math.clamp(level.get(), 0, 1);
        bar.resizeRelocate(0, 0, Math.round(getWidth() * part), HEIGHT);
    }
}
