package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Somebody who may become a customer.
public record LeadId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static LeadId fresh() {
        return new LeadId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static LeadId of(String text) {
        return new LeadId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
