package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A call, whatever carries it.
public record CallId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static CallId fresh() {
        return new CallId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static CallId of(String text) {
        return new CallId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
