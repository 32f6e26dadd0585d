package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// One step of setting a WebRTC connection up between two participants of a call (RFC 8829 JSEP; trickle ICE, RFC
/// 8838).
///
/// The participant who came to the call later makes the offers; the other side answers, and asks with `RENEGOTIATE` or
/// `RESTART_ICE` when it
/// wants an offer. A new `session` means: forget the old connection and begin afresh (the other side's media engine was
/// restarted).
///
/// @param session chosen by the offering side, new for each new connection
/// @param sdp with offers and answers
/// @param candidate with candidates; null there means the end of candidates
public record Signal(
        CallId call,
        ParticipantId from,
        ParticipantId to,
        String session,
        Kind kind,
        @Nullable String sdp,
        @Nullable String candidate,
        @Nullable String mid,
        @Nullable Integer lineIndex) {
    public enum Kind {
        @JsonProperty("offer")
        OFFER,
        @JsonProperty("answer")
        ANSWER,
        @JsonProperty("candidate")
        CANDIDATE,
        @JsonProperty("renegotiate")
        RENEGOTIATE,
        @JsonProperty("restartIce")
        RESTART_ICE,
        @JsonProperty("bye")
        BYE
    }
}
