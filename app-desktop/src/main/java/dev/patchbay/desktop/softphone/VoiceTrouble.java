package dev.patchbay.desktop.softphone;

import dev.patchbay.desktop.voice.MissingAudio;

/// Why this console has no sound now: a banner. Leads and calls stay usable.
public sealed interface VoiceTrouble {
    /// All is well.
    record None() implements VoiceTrouble {}

    /// The voice process is being started.
    record Starting() implements VoiceTrouble {}

    /// The voice process died and is being started again; calls get their sound back.
    record Restarting() implements VoiceTrouble {}

    /// Another window of this profile took the voice over.
    record TakenOver() implements VoiceTrouble {}

    /// Something is missing on this machine; the remedy says what to do.
    record Missing(MissingAudio what) implements VoiceTrouble {}
}
