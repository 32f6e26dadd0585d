package dev.patchbay.desktop.voice;

/// How the transport of a link stands.
public enum LinkState {
    /// Opened; no answer or no network path yet.
    CONNECTING,
    /// Packets can flow both ways.
    CONNECTED,
    /// The path is gone for the moment; it may come back by itself, or by `RestartIce`.
    DISCONNECTED,
    /// The path is gone; only `RestartIce` may bring it back.
    FAILED,
    /// Closed; the link exists no more.
    CLOSED
}
