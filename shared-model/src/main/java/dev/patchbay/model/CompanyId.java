package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A company: the tenant whose data nobody else sees.
public record CompanyId(@JsonValue UUID value) implements Id {
    /// A new, time-ordered id (UUID version 7, RFC 9562).
    public static CompanyId fresh() {
        return new CompanyId(Id.next());
    }

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException when the text is not a UUID
    @JsonCreator
    public static CompanyId of(String text) {
        return new CompanyId(Id.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
