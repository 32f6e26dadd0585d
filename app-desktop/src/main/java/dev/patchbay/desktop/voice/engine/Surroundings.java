package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.VoiceEvent;
import java.time.InstantSource;

/// What a link needs of its engine.
interface Surroundings {
    void tell(VoiceEvent event);

    /// The links' flags changed.
    void linksChanged();

    /// Runs on the native thread, after what it does now. For callbacks: never throws, never waits.
    void later(Runnable work);

    Reels reels();

    InstantSource clock();
}
