package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A person who signs in.
public record UserId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static UserId fresh() {
        return new UserId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static UserId of(String text) {
        return new UserId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
