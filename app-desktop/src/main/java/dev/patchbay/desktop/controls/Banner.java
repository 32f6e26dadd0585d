package dev.patchbay.desktop.controls;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A strip that says what is the matter and what to do, for as long as it is the matter. Never modal.
public final class Banner extends HBox {
    /// @param title one short sentence, strong
    /// @param text what it means and what to do
    public Banner(Tone tone, ObservableValue<String> title, ObservableValue<String> text) {
        super(12);
        getStyleClass().addAll("banner", tone.style());
        setAlignment(Pos.CENTER_LEFT);
        Label head = new Label();
        head.getStyleClass().add("strong");
        head.textProperty().bind(title);
        Label body = new Label();
        body.textProperty().bind(text);
        for (Label label : new Label[] {head, body}) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
            label.visibleProperty().bind(label.textProperty().isNotEmpty());
            label.managedProperty().bind(label.visibleProperty());
        }
        VBox words = new VBox(2, head, body);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(Icon.of(Toasts.icon(tone), 18), words);
        setMinHeight(Region.USE_PREF_SIZE);
    }

    /// Adds a button at the end.
    public Banner with(ObservableValue<String> words, Runnable run) {
        Button button = new Button();
        button.textProperty().bind(words);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        getChildren().add(button);
        return this;
    }
}
