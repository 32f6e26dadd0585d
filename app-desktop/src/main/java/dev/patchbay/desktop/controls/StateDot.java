package dev.patchbay.desktop.controls;

import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// An agent's state: a dot in its colour and the word.
public final class StateDot extends HBox {
    private final ObjectProperty<AgentState> state = new SimpleObjectProperty<>(AgentState.OFFLINE);
    private final Region dot = new Region();
    private final Label word = new Label();

    public StateDot() {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("state");
        word.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(dot, word);
        state.addListener((_, _, now) -> show(now));
        show(state.get());
    }

    public StateDot(AgentState state) {
        this();
        this.state.set(state);
    }

    public ObjectProperty<AgentState> state() {
        return state;
    }

    private void show(AgentState now) {
        dot.getStyleClass().setAll("dot", tone(now).style());
        word.textProperty().bind(Words.bind("common.state." + now.wire()));
    }

    /// The colour of a state, the same on every screen.
    public static Tone tone(AgentState state) {
        return switch (state) {
            case OFFLINE -> Tone.NEUTRAL;
            case AVAILABLE -> Tone.GOOD;
            case RINGING -> Tone.WARN;
            case ON_CALL -> Tone.CALL;
            case WRAP_UP -> Tone.WRAP_UP;
            case BREAK -> Tone.BREAK;
            case MISSED, UNREACHABLE -> Tone.BAD;
        };
    }
}
