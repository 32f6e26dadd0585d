package dev.patchbay.desktop.controls;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A control with its label above and what is wrong with it below, in words. The label is the control's accessible
/// name; the error joins its accessible help.
///
/// @param <C> the control
public final class Field<C extends Region> extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final C control;
    private final StringProperty error = new SimpleStringProperty("");
    private final StringProperty hint = new SimpleStringProperty("");

    public Field(ObservableValue<String> words, C control) {
        super(4);
        this.control = control;
        getStyleClass().add("field");
        Label name = new Label();
        name.getStyleClass().add("field-name");
        name.textProperty().bind(words);
        name.setLabelFor(control);
        control.accessibleTextProperty().bind(words);
        control.setMaxWidth(Double.MAX_VALUE);
        Label below = new Label();
        below.setWrapText(true);
        below.setMinHeight(Region.USE_PREF_SIZE);
        below.textProperty()
                .bind(error.isNotEmpty().flatMap(wrong -> wrong ? error : hint).orElse(""));
        below.visibleProperty().bind(below.textProperty().isNotEmpty());
        below.managedProperty().bind(below.visibleProperty());
        control.accessibleHelpProperty().bind(below.textProperty());
        below.getStyleClass().add("field-hint");
        error.addListener((_, _, now) -> {
            boolean wrong = now != null && !now.isEmpty();
            control.pseudoClassStateChanged(WRONG, wrong);
            below.getStyleClass().setAll("label", wrong ? "field-error" : "field-hint");
        });
        getChildren().addAll(name, control, below);
    }

    public C control() {
        return control;
    }

    /// What is wrong, as a sentence; empty when nothing is.
    public StringProperty error() {
        return error;
    }

    /// Shown below while nothing is wrong.
    public StringProperty hint() {
        return hint;
    }
}
