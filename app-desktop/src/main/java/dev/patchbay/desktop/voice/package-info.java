/// The agent's ear and mouth: the port [dev.patchbay.desktop.voice.Voice], and what travels through it.
///
/// **What for.** A call's audio must outlive the window, and the WebRTC library may abort its JVM; so the media engine
/// is a process of its own ([dev.patchbay.desktop.voice.engine]) and the console only ever sees this port.
///
/// **How it works.** One *link* is one peer connection to one participant. Commands say what should be
/// ([dev.patchbay.desktop.voice.VoiceCommand]), events tell what is ([dev.patchbay.desktop.voice.VoiceEvent]). The
/// engine
/// answers a remote offer by itself; every description it makes comes out as `LocalDescription` and must be carried to
/// the other side by the caller. Two adapters: `ProcessVoice` starts the process, attaches to it over a Unix-domain
/// socket and starts it again when it dies; `ScriptedVoice` behaves like one with no sound, for tests of the screens.
///
/// **Threads.** `send` and `snapshot` never block and may be called from any thread. Listeners hear events one after
/// the other, in order, on one thread that is not JavaFX's.
///
/// **What must never happen.** A dying window must not end a call: `close` detaches only. A dying engine must not go
/// unnoticed: `EngineLost` always comes, and `EngineReady` after it with the links that are still there (none).
///
/// **Where to start.** `Voice`, then `VoiceCommand`.
@NullMarked
package dev.patchbay.desktop.voice;

import org.jspecify.annotations.NullMarked;
