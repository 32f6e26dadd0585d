package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// What carries a participant's audio.
public enum Endpoint {
    /// WebRTC with our own signalling.
    @JsonProperty("web")
    WEB("web"),
    /// SIP over WebSocket (RFC 7118).
    @JsonProperty("sip")
    SIP("sip"),
    /// A leg in a carrier's conference.
    @JsonProperty("carrier")
    CARRIER("carrier");

    private final String wire;

    Endpoint(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static Endpoint of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown Endpoint: " + wire));
    }
}
