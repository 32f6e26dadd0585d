package dev.patchbay.desktop.softphone;

import dev.patchbay.model.CallId;
import org.jspecify.annotations.Nullable;

/// What the agent writes about the call.
///
/// @param call null when there is no call to write about
/// @param saved where the text is
public record Notes(@Nullable CallId call, String text, Saved saved) {
    public static final Notes NONE = new Notes(null, "", Saved.ON_SERVER);

    public enum Saved {
        /// Still being typed.
        NOT_YET,
        /// On this machine's disk; goes to the server when it can.
        ON_DISK,
        ON_SERVER,
        /// The server refused it; it stays on disk among the refused changes.
        REFUSED
    }
}
