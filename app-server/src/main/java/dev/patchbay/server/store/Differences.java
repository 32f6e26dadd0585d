package dev.patchbay.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What changed, field by field, for the audit log.
public final class Differences {
    /// What every change changes.
    private static final Set<String> UNTOLD = Set.of("version", "updatedAt");

    private Differences() {}

    public record Difference(
            @Nullable JsonNode from, @Nullable JsonNode to) {}

    /// @return the fields whose values differ; of what may be a secret only that it changed
    public static Map<String, Difference> between(Object before, Object after) {
        JsonNode old = Json.tree(before);
        JsonNode now = Json.tree(after);
        Map<String, Difference> differences = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : now.properties()) {
            JsonNode was = old.get(field.getKey());
            if (!UNTOLD.contains(field.getKey()) && !same(field.getValue(), was)) {
                differences.put(
                        field.getKey(),
                        isSecret(field.getKey()) ? new Difference(null, null) : new Difference(was, field.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> field : old.properties()) {
            if (!now.has(field.getKey()) && !UNTOLD.contains(field.getKey())) {
                differences.put(
                        field.getKey(), new Difference(isSecret(field.getKey()) ? null : field.getValue(), null));
            }
        }
        return differences;
    }

    /// Sets are written in any order: `[a, b]` and `[b, a]` are the same.
    private static boolean same(JsonNode now, @Nullable JsonNode was) {
        if (was == null || !now.isArray() || !was.isArray() || now.size() != was.size()) {
            return now.equals(was);
        }
        for (JsonNode element : now) {
            boolean held = false;
            for (JsonNode other : was) {
                held |= element.equals(other);
            }
            if (!held) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSecret(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        return name.contains("password") || name.contains("secret") || name.contains("token") || name.contains("hash");
    }
}
