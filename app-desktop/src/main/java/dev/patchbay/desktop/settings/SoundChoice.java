package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.voice.VoiceCommand;
import org.jspecify.annotations.Nullable;

/// The user's sound, as kept in the preferences under [#NAME].
///
/// @param microphone id of the device; null for the system's default
/// @param speaker id of the device; null for the system's default
/// @param ringer id of the device; null for the system's default
public record SoundChoice(
        @Nullable String microphone,
        @Nullable String speaker,
        @Nullable String ringer,
        boolean echo,
        boolean noise,
        boolean gain) {
    public static final String NAME = "sound";

    /// The system's devices, all cleaning on.
    public static final SoundChoice USUAL = new SoundChoice(null, null, null, true, true, true);

    public VoiceCommand.ChooseDevices devices() {
        return new VoiceCommand.ChooseDevices(microphone, speaker, ringer);
    }

    public VoiceCommand.Processing processing() {
        return new VoiceCommand.Processing(echo, noise, gain, true);
    }
}
