package dev.patchbay.desktop.voice.engine;

import java.io.IOException;

/// A file that grows with the sound. Ticked by `voice-files` only.
interface Reel {
    /// Writes what is due.
    ///
    /// @param now `System.nanoTime()`
    void tick(long now) throws IOException;

    /// Ends the file.
    void end() throws IOException;
}
