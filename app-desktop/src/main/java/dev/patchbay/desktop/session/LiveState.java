package dev.patchbay.desktop.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the line to the server stands, for the badge in the top bar.
public sealed interface LiveState {

    /// @param since when the attempt began
    record Connecting(Instant since) implements LiveState {}

    /// @param delay of the last ping, there and back; null before the first
    /// @param heard when the server was last heard
    record Online(@Nullable Duration delay, Instant heard) implements LiveState {}

    /// Cut; being tried again.
    ///
    /// @param since when the line broke
    /// @param why an English sentence
    record Offline(Instant since, String why) implements LiveState {}

    /// The server ended this session (password changed, user disabled, signed out elsewhere): sign in again.
    record SignedOut(String why) implements LiveState {}
}
