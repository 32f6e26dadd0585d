package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// Who called whom.
public enum Direction {
    @JsonProperty("inbound")
    INBOUND("inbound"),
    @JsonProperty("outbound")
    OUTBOUND("outbound"),
    @JsonProperty("internal")
    INTERNAL("internal");

    private final String wire;

    Direction(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static Direction of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown Direction: " + wire));
    }
}
