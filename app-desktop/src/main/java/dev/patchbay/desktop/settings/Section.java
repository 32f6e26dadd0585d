package dev.patchbay.desktop.settings;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One section of the settings: rows of a name, what it means, and a control at the right.
class Section extends VBox {
    Section() {
        super(12);
    }

    /// Comes into view.
    void onShow() {}

    /// Leaves it.
    void onHide() {}

    /// The label is the control's name for those who do not see it.
    static HBox row(ObservableValue<String> name, ObservableValue<String> text, Node control) {
        Label head = new Label();
        head.getStyleClass().add("medium");
        head.textProperty().bind(name);
        head.setLabelFor(control);
        if (!control.accessibleTextProperty().isBound()) {
            control.accessibleTextProperty().bind(name);
        }
        Label body = new Label();
        body.getStyleClass().addAll("soft", "small");
        body.setWrapText(true);
        body.setMinHeight(Region.USE_PREF_SIZE);
        body.textProperty().bind(text);
        body.visibleProperty().bind(body.textProperty().isNotEmpty());
        body.managedProperty().bind(body.visibleProperty());
        VBox words = new VBox(2, head, body);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(16, words, control);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("setting");
        return row;
    }
}
