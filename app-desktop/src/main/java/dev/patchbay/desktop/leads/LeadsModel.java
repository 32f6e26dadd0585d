package dev.patchbay.desktop.leads;

import dev.patchbay.model.Lead;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What the leads screen shows. JavaFX thread only.
public final class LeadsModel {
    /// What the list as a whole is.
    public enum Face {
        LOADING,
        FULL,
        FAILED
    }

    /// A call's lead that waits to be shown, because something else is being typed.
    ///
    /// @param name who is calling
    /// @param lead null for somebody unknown
    /// @param phone what an unknown caller left
    public record Pop(
            String name, @Nullable Lead lead, @Nullable String phone) {}

    private final LeadList list;
    private final ObjectProperty<Face> face = new SimpleObjectProperty<>(Face.LOADING);
    private final ObjectProperty<LeadList.Tab> tab = new SimpleObjectProperty<>(LeadList.Tab.TANK);
    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable LeadRow> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable LeadForm> form = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable LeadForm> stash = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Pop> pop = new SimpleObjectProperty<>();
    private final List<Consumer<LeadNotice>> notices = new CopyOnWriteArrayList<>();

    public LeadsModel(LeadList list) {
        this.list = list;
    }

    public LeadList list() {
        return list;
    }

    public ObjectProperty<Face> faceProperty() {
        return face;
    }

    public ObjectProperty<LeadList.Tab> tabProperty() {
        return tab;
    }

    public StringProperty queryProperty() {
        return query;
    }

    public ObjectProperty<@Nullable LeadRow> selectedProperty() {
        return selected;
    }

    /// The edit at the side; null when none is open.
    public ObjectProperty<@Nullable LeadForm> formProperty() {
        return form;
    }

    /// An edit that was put aside for a call's lead, with what was typed.
    public ObjectProperty<@Nullable LeadForm> stashProperty() {
        return stash;
    }

    public ObjectProperty<@Nullable Pop> popProperty() {
        return pop;
    }

    /// @return ends the listening
    public Runnable onNotice(Consumer<LeadNotice> listener) {
        notices.add(listener);
        return () -> notices.remove(listener);
    }

    /// How many listen; for the test that nothing is left behind.
    int listeners() {
        return notices.size();
    }

    public void say(LeadNotice notice) {
        notices.forEach(listener -> listener.accept(notice));
    }
}
