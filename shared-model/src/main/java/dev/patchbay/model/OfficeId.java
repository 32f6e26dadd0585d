package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An office of a company.
public record OfficeId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static OfficeId fresh() {
        return new OfficeId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static OfficeId of(String text) {
        return new OfficeId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
