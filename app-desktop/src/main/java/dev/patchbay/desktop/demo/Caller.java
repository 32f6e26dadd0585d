package dev.patchbay.desktop.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// Somebody who calls in the demo.
///
/// @param topic the name of the queue
/// @param mood how they are today; decides the stars they give
/// @param patienceSeconds how long they wait for an answer
/// @param lines how many sentences they say, as text
public record Caller(
        String id, String name, String phone, String topic, String mood, int patienceSeconds, List<String> lines) {
    public Caller {
        lines = List.copyOf(lines);
    }

    /// The callers that come with Patchbay, in the order they call.
    public static List<Caller> all() {
        try (InputStream in = Caller.class.getResourceAsStream("/demo/callers.json")) {
            if (in == null) {
                throw new IllegalStateException("the demo's callers are not in this build");
            }
            return Json.MAPPER.readValue(in, new TypeReference<List<Caller>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's callers cannot be read", e);
        }
    }

    Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }

    /// One to five.
    int stars() {
        return switch (mood) {
            case "annoyed" -> 3;
            case "impatient", "hurried" -> 4;
            default -> 5;
        };
    }
}
