package dev.patchbay.desktop.controls;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;

/// A short word on a tinted, rounded ground: a source, a tag, a state.
public final class Pill extends Label {
    public Pill(String text, Tone tone) {
        super(text);
        setMinWidth(USE_PREF_SIZE);
        tone(tone);
    }

    public Pill(ObservableValue<String> text, Tone tone) {
        this("", tone);
        textProperty().bind(text);
    }

    public void tone(Tone tone) {
        getStyleClass().setAll("label", "pill", tone.style());
    }
}
