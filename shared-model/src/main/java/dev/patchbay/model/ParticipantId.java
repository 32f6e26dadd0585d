package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One side of one call: an agent, a customer, an outside number or a supervisor.
public record ParticipantId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static ParticipantId fresh() {
        return new ParticipantId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static ParticipantId of(String text) {
        return new ParticipantId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
