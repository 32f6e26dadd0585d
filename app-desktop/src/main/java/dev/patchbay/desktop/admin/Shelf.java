package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.model.ErrorBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a section's entries live at the server, and how they are read and written. Blocks.
class Shelf {
    /// More are searched at the server instead of shown.
    static final int MOST = 2_000;

    private final String path;
    private final String id;
    private final String all;

    Shelf(String path) {
        this(path, "id");
    }

    /// @param id the field that tells entries apart
    Shelf(String path, String id) {
        this(path, id, path);
    }

    /// @param all where the list is, when it is not where its entries are
    Shelf(String path, String id, String all) {
        this.path = path;
        this.id = id;
        this.all = all;
    }

    final String idOf(JsonNode row) {
        return row.path(id).asText();
    }

    final String pathOf(JsonNode row) {
        return path + "/" + idOf(row);
    }

    /// @param search what to look for; empty for all. Lists that cannot search ignore it
    List<JsonNode> list(Wire wire, String search) {
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("limit", 200);
        asked.put("q", search.isEmpty() ? null : search);
        return wire.all(all, asked, MOST);
    }

    /// The entry as it is now, with all that its editor shows.
    JsonNode open(Wire wire, JsonNode row) {
        return wire.get(pathOf(row));
    }

    /// @param seen the entry that was edited; null for a new one
    /// @return the entry as it is kept now
    JsonNode save(Wire wire, @Nullable JsonNode seen, ObjectNode body) {
        return seen == null ? wire.post(path, body) : wire.put(pathOf(seen), body);
    }

    void remove(Wire wire, JsonNode row) {
        wire.delete(pathOf(row));
    }

    /// A list whose entries cannot be asked for one by one.
    static Shelf listed(String path) {
        return listed(path, "id", (wire, entry, body) -> wire.put(entry, body));
    }

    /// How an entry of a list is changed.
    interface Change {
        JsonNode apply(Wire wire, String entry, ObjectNode body);
    }

    /// The same, with an id and a way to change of its own.
    static Shelf listed(String path, String id, Change change) {
        return new Shelf(path, id) {
            @Override
            JsonNode open(Wire wire, JsonNode row) {
                return list(wire, "").stream()
                        .filter(each -> idOf(each).equals(idOf(row)))
                        .findFirst()
                        .orElseThrow(() -> new Refused(ErrorBody.of("NOT_FOUND", "There is no such entry."), 404));
            }

            @Override
            JsonNode save(Wire wire, @Nullable JsonNode seen, ObjectNode body) {
                return seen == null ? super.save(wire, null, body) : change.apply(wire, pathOf(seen), body);
            }
        };
    }
}
