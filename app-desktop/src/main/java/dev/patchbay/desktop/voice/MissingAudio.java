package dev.patchbay.desktop.voice;

/// Why there is no sound, and what a person can do about it.
///
/// @param remedy one or two English sentences; screens translate by `reason`
public record MissingAudio(Reason reason, String remedy) {

    public enum Reason {
        /// No PulseAudio or PipeWire (Linux), or it does not answer.
        NO_SOUND_SERVER,
        /// There is sound, but nothing to speak into.
        NO_MICROPHONE,
        /// There is sound, but nothing to hear with.
        NO_SPEAKER,
        /// The WebRTC library could not be loaded.
        NO_LIBRARY,
        /// The engine was told to run without sound (tests, simulated callers).
        SWITCHED_OFF
    }
}
