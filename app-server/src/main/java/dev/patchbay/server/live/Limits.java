package dev.patchbay.server.live;

import java.time.Duration;

/// What one client may take, and how long things last.
///
/// @param hello how long a new socket may be silent before it says hello
/// @param ping how often a client is pinged
/// @param silence after this long without a frame or pong a client counts as gone
/// @param recheck how often a client's token is checked again; a token that ran out lasts this long at most
/// (a sign-in that is ended here is closed at once)
/// @param tick how often the hub looks at its clients and polls the log
/// @param pace the least time between two reads of a company's log under load; a first event is read at once
/// @param sockets how many sockets a user may have; the oldest is closed for the sixth
/// @param commandsPerSecond a client that sends more is read more slowly
/// @param burst how many commands may come at once before that
/// @param frameBytes the longest frame a client may send
/// @param outgoingFrames how many frames may wait for a client before it is cut
/// @param malformed how many unreadable frames a client may send before it is cut
/// @param kept how long events are kept for clients that were away
public record Limits(
        Duration hello,
        Duration ping,
        Duration silence,
        Duration recheck,
        Duration tick,
        Duration pace,
        int sockets,
        int commandsPerSecond,
        int burst,
        int frameBytes,
        int outgoingFrames,
        int malformed,
        Duration kept) {
    public static Limits usual() {
        return new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMillis(3),
                5,
                50,
                200,
                65_536,
                1_024,
                5,
                Duration.ofDays(7));
    }

    public Limits withSockets(int sockets) {
        return new Limits(
                hello,
                ping,
                silence,
                recheck,
                tick,
                pace,
                sockets,
                commandsPerSecond,
                burst,
                frameBytes,
                outgoingFrames,
                malformed,
                kept);
    }

    /// @param silence who answers pings must not be cut for silence: pings come three times in it at least
    public Limits withSilence(Duration silence) {
        return new Limits(
                hello,
                ping.compareTo(silence.dividedBy(3)) < 0 ? ping : silence.dividedBy(3),
                silence,
                recheck,
                tick,
                pace,
                sockets,
                commandsPerSecond,
                burst,
                frameBytes,
                outgoingFrames,
                malformed,
                kept);
    }

    public Limits withKept(Duration kept) {
        return new Limits(
                hello,
                ping,
                silence,
                recheck,
                tick,
                pace,
                sockets,
                commandsPerSecond,
                burst,
                frameBytes,
                outgoingFrames,
                malformed,
                kept);
    }
}
