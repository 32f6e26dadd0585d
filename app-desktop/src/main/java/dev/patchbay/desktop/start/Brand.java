package dev.patchbay.desktop.start;

import dev.patchbay.desktop.words.Words;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Mark and name, above what a start shows.
final class Brand {
    private Brand() {}

    static HBox node() {
        Region mark = new Region();
        mark.getStyleClass().add("brand-mark");
        Label name = new Label();
        name.getStyleClass().add("start-product");
        name.textProperty().bind(Words.bind("shell.product"));
        HBox brand = new HBox(10, mark, name);
        brand.setAlignment(Pos.CENTER);
        return brand;
    }
}
