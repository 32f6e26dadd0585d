package dev.patchbay.desktop.line;

/// How a leg's sound stands.
public enum LegState {
    /// Being set up.
    CONNECTING,
    /// Sound can flow.
    CONNECTED,
    /// The way is broken and being mended.
    INTERRUPTED,
    /// Over.
    ENDED
}
