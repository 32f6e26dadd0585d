package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// What an agent is doing, as far as routing is concerned. The server owns it.
public enum AgentState {
    /// Not signed in to take calls.
    @JsonProperty("offline")
    OFFLINE("offline"),
    /// May be offered a call.
    @JsonProperty("available")
    AVAILABLE("available"),
    /// Is being offered a call.
    @JsonProperty("ringing")
    RINGING("ringing"),
    /// Talks.
    @JsonProperty("onCall")
    ON_CALL("onCall"),
    /// Writes the last call up.
    @JsonProperty("wrapUp")
    WRAP_UP("wrapUp"),
    /// Away for a reason.
    @JsonProperty("break")
    BREAK("break"),
    /// Let a call ring out; offered no other until ready again.
    @JsonProperty("missed")
    MISSED("missed"),
    /// The console has gone silent.
    @JsonProperty("unreachable")
    UNREACHABLE("unreachable");

    private final String wire;

    AgentState(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static AgentState of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown AgentState: " + wire));
    }
}
