package dev.patchbay.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A success that is more than "200 with this body".
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer accepted(Object body) {
        return new Answer(202, body, Map.of());
    }

    public static Answer nothing() {
        return new Answer(204, null, Map.of());
    }
}
