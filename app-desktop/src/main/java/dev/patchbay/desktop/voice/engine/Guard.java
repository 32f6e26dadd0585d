package dev.patchbay.desktop.voice.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What leaves a native callback as an exception aborts the JVM (webrtc-java pull request 154), so every callback ends
/// in one `catch (Throwable)`, and this is where that is told.
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private Guard() {}

    static void swallowed(String where, Throwable e) {
        try {
            LOG.error("{} failed; the call goes on", where, e);
        } catch (Throwable _) {
            // Nothing may leave, not even what logging throws (out of memory).
        }
    }
}
