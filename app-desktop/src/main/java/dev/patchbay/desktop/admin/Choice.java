package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;

/// One of several things to choose.
///
/// @param value what travels
/// @param words what a person reads
public record Choice(String value, ObservableValue<String> words) {
    /// The most that a choice offers; a longer list is no choice any more.
    private static final int MOST = 2_000;

    /// Where choices come from. Blocks.
    public interface Source {
        List<Choice> load(Wire wire);
    }

    /// The same everywhere, with words of their own under `prefix`.
    static Source fixed(String prefix, String... values) {
        List<Choice> all = Stream.of(values)
                .map(value -> new Choice(value, Words.bind(prefix + value)))
                .toList();
        return _ -> all;
    }

    /// Entries of another list of the company.
    ///
    /// @param value the field that travels
    /// @param name the field that is read
    static Source named(String path, String value, String name) {
        return wire -> wire.all(path, Map.of("limit", 200), MOST).stream()
                .filter(row -> row.path("active").asBoolean(true))
                .map(row -> plain(row, value, name))
                .toList();
    }

    private static Choice plain(JsonNode row, String value, String name) {
        return new Choice(
                row.path(value).asText(),
                new SimpleStringProperty(row.path(name).asText()));
    }

    @Override
    public String toString() {
        return words.getValue();
    }
}
