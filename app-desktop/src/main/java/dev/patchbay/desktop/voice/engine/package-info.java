/// The voice process: a small JVM of its own that holds the peer connections, the sound devices and the recordings.
///
/// **What for.** libwebrtc may abort its process, and the window may die: neither may take the other with it. Nothing
/// outside this package knows webrtc-java.
///
/// **How it works.** `EngineMain` takes the profile's lock, builds an `Engine` and opens a `Door` (Unix-domain socket
/// in
/// a private folder). One window at a time is attached; it sends [dev.patchbay.desktop.voice.VoiceCommand]s and hears
/// [dev.patchbay.desktop.voice.VoiceEvent]s, one JSON frame per line. Each `PeerLink` lives in a `Room`: with sound
/// there is one room for all (the devices of this machine), without sound each link has a room of its own, whose
/// microphone is a `Mouth` that speaks files. An `Ear` on each remote track feeds levels, files and recordings.
///
/// **Threads.** All native calls happen on the thread `voice-native`; it may wait for libwebrtc's answers, and a
/// watchdog ends the process when a call does not come back. Native callbacks only enqueue. Files are written by
/// `voice-files`. `Door` has a reader and a writer per window.
///
/// **What must never happen.** An exception leaving a callback (it aborts the JVM); a write to a file or socket inside
/// an
/// audio callback (it stalls playout of all calls); creating a real device module before the sound server was probed
/// (it aborts); ending while a link is open, unless told to.
///
/// **Where to start.** `EngineMain`, then `Engine.obey`.
@NullMarked
package dev.patchbay.desktop.voice.engine;

import org.jspecify.annotations.NullMarked;
