package dev.patchbay.desktop.softphone.view;

import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.model.Call;
import dev.patchbay.model.TimelineEntry;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the dock shows besides the [PhoneModel]. JavaFX thread only.
public final class DockModel {
    private final PhoneModel phone;
    private final DialModel dial;
    private final ObservableList<Call> recent = FXCollections.observableArrayList();
    private final ObservableList<TimelineEntry> timeline = FXCollections.observableArrayList();
    private final BooleanProperty keypad = new SimpleBooleanProperty();
    private final StringProperty keyed = new SimpleStringProperty("");
    private final ObjectProperty<PhoneModel.@Nullable Choice> disposition = new SimpleObjectProperty<>();
    private final BooleanProperty dispositionMissing = new SimpleBooleanProperty();

    public DockModel(PhoneModel phone, DialModel dial) {
        this.phone = phone;
        this.dial = dial;
    }

    public PhoneModel phone() {
        return phone;
    }

    public DialModel dial() {
        return dial;
    }

    /// The last calls of this agent, newest first.
    public ObservableList<Call> recent() {
        return recent;
    }

    /// What happened in the present call, newest first.
    public ObservableList<TimelineEntry> timeline() {
        return timeline;
    }

    public BooleanProperty keypadProperty() {
        return keypad;
    }

    /// The digits sent as tones in this call.
    public StringProperty keyedProperty() {
        return keyed;
    }

    public ObjectProperty<PhoneModel.@Nullable Choice> dispositionProperty() {
        return disposition;
    }

    /// Whether "done" was asked for without the disposition that the queue wants.
    public BooleanProperty dispositionMissingProperty() {
        return dispositionMissing;
    }
}
