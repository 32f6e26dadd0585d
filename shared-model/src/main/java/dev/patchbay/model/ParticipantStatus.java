package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// Where one side of a call stands.
public enum ParticipantStatus {
    @JsonProperty("invited")
    INVITED("invited"),
    @JsonProperty("ringing")
    RINGING("ringing"),
    @JsonProperty("joined")
    JOINED("joined"),
    @JsonProperty("left")
    LEFT("left");

    private final String wire;

    ParticipantStatus(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static ParticipantStatus of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown ParticipantStatus: " + wire));
    }
}
