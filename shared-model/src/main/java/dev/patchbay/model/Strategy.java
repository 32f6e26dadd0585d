package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// How a queue chooses among the agents that are free and skilled.
public enum Strategy {
    /// Who has waited longest since the last call.
    @JsonProperty("longestIdle")
    LONGEST_IDLE("longestIdle"),
    /// Each in turn.
    @JsonProperty("roundRobin")
    ROUND_ROBIN("roundRobin"),
    /// Everybody at once; the first to answer wins.
    @JsonProperty("ringAll")
    RING_ALL("ringAll"),
    /// Who has had the fewest calls today.
    @JsonProperty("fewestCalls")
    FEWEST_CALLS("fewestCalls");

    private final String wire;

    Strategy(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static Strategy of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown Strategy: " + wire));
    }
}
