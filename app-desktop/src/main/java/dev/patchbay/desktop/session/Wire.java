package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server's resources as JSON trees, for screens that show lists described by data. Paths begin behind `/api/v1`.
/// Blocks; for virtual threads. Fails with [Refused] or [Unreachable].
public interface Wire {
    JsonNode get(String path);

    JsonNode post(String path, Object body);

    JsonNode put(String path, Object body);

    void delete(String path);

    /// A deletion that needs something said besides, such as the password.
    void delete(String path, Object body);

    /// Sends text as it is, such as a CSV file.
    JsonNode upload(String path, String mediaType, String content);

    /// All items of a list, page by page.
    ///
    /// @param most where to stop: a list is for people to read
    default List<JsonNode> all(String path, Map<String, @Nullable Object> parameters, int most) {
        List<JsonNode> all = new ArrayList<>();
        Map<String, @Nullable Object> asked = new LinkedHashMap<>(parameters);
        String after = null;
        do {
            asked.put("after", after);
            JsonNode page = get(path + RestClient.query(asked));
            JsonNode items = page.isArray() ? page : page.path("items");
            items.forEach(all::add);
            after = page.path("next").asText(null);
        } while (after != null && all.size() < most);
        return all;
    }

    /// `?a=b&…` of what is not null, or nothing.
    static String query(Map<String, @Nullable Object> parameters) {
        return RestClient.query(parameters);
    }
}
