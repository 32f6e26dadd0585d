package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// Where a call stands. The last four are ends; a call in one of them never changes its status again.
public enum CallStatus {
    /// Waits for an agent.
    @JsonProperty("queued")
    QUEUED("queued"),
    /// Offered to one agent or several.
    @JsonProperty("ringing")
    RINGING("ringing"),
    /// Somebody answered.
    @JsonProperty("active")
    ACTIVE("active"),
    /// The agent has put the other side on hold.
    @JsonProperty("held")
    HELD("held"),
    /// Nobody talks any more; the agent writes it up.
    @JsonProperty("wrapUp")
    WRAP_UP("wrapUp"),
    /// Done.
    @JsonProperty("closed")
    CLOSED("closed"),
    /// The caller left before an answer.
    @JsonProperty("abandoned")
    ABANDONED("abandoned"),
    /// Nobody answered in time and the call was given up.
    @JsonProperty("missed")
    MISSED("missed"),
    /// It could not be carried.
    @JsonProperty("failed")
    FAILED("failed");

    private final String wire;

    CallStatus(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static CallStatus of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown CallStatus: " + wire));
    }
}
