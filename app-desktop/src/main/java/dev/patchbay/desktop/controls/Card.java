package dev.patchbay.desktop.controls;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// A surface with a border and rounded corners, 16 px of room inside and 8 px between its rows.
public final class Card extends VBox {
    public Card(Node... rows) {
        super(8, rows);
        getStyleClass().add("card");
    }
}
