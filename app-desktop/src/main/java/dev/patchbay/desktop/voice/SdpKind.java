package dev.patchbay.desktop.voice;

/// Which half of an offer/answer exchange (RFC 3264) a description is.
public enum SdpKind {
    OFFER,
    ANSWER
}
