package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// Who takes part in a call.
public enum ParticipantKind {
    @JsonProperty("agent")
    AGENT("agent"),
    @JsonProperty("customer")
    CUSTOMER("customer"),
    /// An outside number.
    @JsonProperty("number")
    NUMBER("number"),
    @JsonProperty("supervisor")
    SUPERVISOR("supervisor");

    private final String wire;

    ParticipantKind(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static ParticipantKind of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown ParticipantKind: " + wire));
    }
}
