package dev.patchbay.desktop.calls;

import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the calls screen shows. JavaFX thread only.
public final class CallsModel {
    /// The lists.
    public enum Tab {
        WAITING,
        ACTIVE,
        HISTORY,
        MISSED
    }

    /// What a list as a whole is.
    public enum Face {
        LOADING,
        FULL,
        FAILED
    }

    private final ObservableList<Call> waiting = FXCollections.observableArrayList();
    private final ObservableList<Call> active = FXCollections.observableArrayList();
    private final ObservableList<Call> past = FXCollections.observableArrayList();
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.WAITING);
    private final ObjectProperty<Face> liveFace = new SimpleObjectProperty<>(Face.LOADING);
    private final ObjectProperty<Face> pastFace = new SimpleObjectProperty<>(Face.LOADING);
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty more = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Call> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable CallDetails> details = new SimpleObjectProperty<>();
    private final ObjectProperty<Face> detailsFace = new SimpleObjectProperty<>(Face.FULL);

    /// Waiting or ringing, the longest waiting first.
    public ObservableList<Call> waiting() {
        return waiting;
    }

    /// Talking, held, being written up.
    public ObservableList<Call> active() {
        return active;
    }

    /// History or missed, the newest first, as far as it was asked for.
    public ObservableList<Call> past() {
        return past;
    }

    public ObjectProperty<Tab> tabProperty() {
        return tab;
    }

    public ObjectProperty<Face> liveFaceProperty() {
        return liveFace;
    }

    public ObjectProperty<Face> pastFaceProperty() {
        return pastFace;
    }

    public StringProperty queryProperty() {
        return query;
    }

    /// Whether there are older calls to ask for.
    public BooleanProperty moreProperty() {
        return more;
    }

    public ObjectProperty<@Nullable Call> selectedProperty() {
        return selected;
    }

    /// The opened call; null when none is, or while it is being fetched.
    public ObjectProperty<@Nullable CallDetails> detailsProperty() {
        return details;
    }

    public ObjectProperty<Face> detailsFaceProperty() {
        return detailsFace;
    }
}
