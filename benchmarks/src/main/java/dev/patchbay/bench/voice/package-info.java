/// The voice engine: mouth to ear and set-up beside Chromium, and the time from the agent's click to the caller's
/// voice.
///
/// [MouthToEar] runs [Chromium] and our engine in turns, each in processes of its own. [Answering] has a server, a real
/// console and simulated callers hold call after call.
@NullMarked
package dev.patchbay.bench.voice;

import org.jspecify.annotations.NullMarked;
