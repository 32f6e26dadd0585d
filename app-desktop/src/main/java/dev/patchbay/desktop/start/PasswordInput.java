package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.words.Words;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// A password, hidden until the person wants to see it.
final class PasswordInput extends VBox {
    private final Field<PasswordField> hidden;
    private final Field<TextField> shown;

    PasswordInput(ObservableValue<String> words) {
        super(6);
        hidden = new Field<>(words, new PasswordField());
        shown = new Field<>(words, new TextField());
        hidden.control().setId("password");
        shown.control().textProperty().bindBidirectional(hidden.control().textProperty());
        shown.error().bind(hidden.error());
        shown.hint().bind(hidden.hint());
        CheckBox show = new CheckBox();
        show.textProperty().bind(Words.bind("start.showPassword"));
        hidden.visibleProperty().bind(show.selectedProperty().not());
        hidden.managedProperty().bind(hidden.visibleProperty());
        shown.visibleProperty().bind(show.selectedProperty());
        shown.managedProperty().bind(shown.visibleProperty());
        getChildren().addAll(hidden, shown, show);
    }

    StringProperty text() {
        return hidden.control().textProperty();
    }

    StringProperty error() {
        return hidden.error();
    }

    StringProperty hint() {
        return hidden.hint();
    }

    void focus() {
        hidden.control().requestFocus();
    }
}
