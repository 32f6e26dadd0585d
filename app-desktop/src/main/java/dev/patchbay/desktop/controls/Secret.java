package dev.patchbay.desktop.controls;

import dev.patchbay.desktop.words.Words;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Something that is shown once, to be copied: a password, a key.
public final class Secret extends VBox {
    public Secret(ObservableValue<String> name, String text) {
        super(4);
        TextField field = new TextField(text);
        field.setEditable(false);
        field.setId("secret");
        field.getStyleClass().add("fingerprint");
        field.accessibleTextProperty().bind(name);
        HBox.setHgrow(field, Priority.ALWAYS);
        Label head = Nodes.label(name, "field-name");
        head.setLabelFor(field);
        Button copy = new Button();
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.textProperty().bind(Words.bind("common.copy"));
        copy.setOnAction(_ -> {
            copy(text);
            copy.textProperty().unbind();
            copy.setText(Words.of("common.copied"));
        });
        getChildren().addAll(head, new HBox(8, field, copy));
    }

    /// Puts text on the system's clipboard.
    public static void copy(String text) {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
    }
}
