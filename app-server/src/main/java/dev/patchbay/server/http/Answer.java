package dev.patchbay.server.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A success that is more than "200 with this body".
///
/// @param body written as JSON, or as it is when it is [Content]; null for none
/// @param headers one without a value takes away the one that the edge would set
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(Object body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer accepted(Object body) {
        return new Answer(202, body, Map.of());
    }

    public static Answer nothing() {
        return new Answer(204, null, Map.of());
    }

    /// The same with one more header, which wins over the one that the edge would set.
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, more);
    }

    /// The same without a header that the edge would set.
    public Answer without(String name) {
        return with(name, "");
    }
}
