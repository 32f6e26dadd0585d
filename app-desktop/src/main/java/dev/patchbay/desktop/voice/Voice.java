package dev.patchbay.desktop.voice;

import java.util.function.Consumer;

/// The port to the media engine. See the package for threads and promises.
public interface Voice extends AutoCloseable {

    /// Hears every event from now on, in order, on one thread. What the listener throws is logged and goes no further.
    /// A listener that comes late reads [#snapshot] for what was before.
    Registration listen(Consumer<VoiceEvent> listener);

    /// What is known now; from memory, so it costs nothing and may be some milliseconds old.
    VoiceSnapshot snapshot();

    /// Hands a command to the engine. Never blocks; commands arrive in the order they were sent. A command for a link
    /// that does not exist is answered with a `Problem` event. While an engine is being started, commands wait for
    /// it; those that waited for an engine that died are dropped, except the settings (devices, processing, mute of
    /// all).
    void send(VoiceCommand command);

    /// Detaches. The calls go on in the engine; the next `Voice` for the same profile finds them in its snapshot.
    @Override
    void close();

    /// Ends the listening.
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
