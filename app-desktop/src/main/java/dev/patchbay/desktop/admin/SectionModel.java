package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// What a section shows. On the JavaFX thread.
final class SectionModel {
    /// Which face the list has.
    sealed interface Face {
        record Loading() implements Face {}

        record Full() implements Face {}

        /// There is nothing yet.
        record Empty() implements Face {}

        /// There is something, but nothing of what is looked for.
        record NoMatch() implements Face {}

        record Failed(String sentence) implements Face {}
    }

    private final ObservableList<JsonNode> shown = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Face> face = new SimpleObjectProperty<>(new Face.Loading());
    private final ObjectProperty<@Nullable Draft> draft = new SimpleObjectProperty<>();
    private final ObservableMap<String, List<Choice>> choices = FXCollections.observableHashMap();
    private final ObservableList<String> unsaved = FXCollections.observableArrayList();
    private final StringProperty problem = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable JsonNode> asked = new SimpleObjectProperty<>();

    /// The entries that match the search.
    ObservableList<JsonNode> shown() {
        return shown;
    }

    StringProperty search() {
        return search;
    }

    ObjectProperty<Face> face() {
        return face;
    }

    /// What is being edited; null when nothing is.
    ObjectProperty<@Nullable Draft> draft() {
        return draft;
    }

    /// What can be chosen, by field; a field whose choices are not known yet is absent.
    ObservableMap<String, List<Choice>> choices() {
        return choices;
    }

    /// Ids of entries with changes that are not saved.
    ObservableList<String> unsaved() {
        return unsaved;
    }

    /// Why the last save failed, when it is about no field; else empty.
    StringProperty problem() {
        return problem;
    }

    /// The entry whose removal waits for a yes.
    ObjectProperty<@Nullable JsonNode> asked() {
        return asked;
    }
}
