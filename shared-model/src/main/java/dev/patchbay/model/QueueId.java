package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A queue that calls wait in.
public record QueueId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static QueueId fresh() {
        return new QueueId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static QueueId of(String text) {
        return new QueueId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
