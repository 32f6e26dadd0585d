package dev.patchbay.desktop.shell;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Scale;

/// Shows its content larger or smaller, as a browser's zoom does: the content is laid out in the room that is left at
/// that size and drawn sharp.
public final class Zoom extends Pane {
    private final DoubleProperty factor = new SimpleDoubleProperty(1);
    private final Node content;

    public Zoom(Node content) {
        this.content = content;
        Scale scale = new Scale(1, 1, 0, 0);
        scale.xProperty().bind(factor);
        scale.yProperty().bind(factor);
        content.getTransforms().add(scale);
        getChildren().add(content);
        factor.addListener((_, _, _) -> requestLayout());
    }

    public DoubleProperty factor() {
        return factor;
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth() / factor.get(), getHeight() / factor.get());
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(height < 0 ? height : height / factor.get()) * factor.get();
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width < 0 ? width : width / factor.get()) * factor.get();
    }
}
