package dev.patchbay.desktop.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sound devices of this machine and which of them are in use.
///
/// @param microphone id of the one in use; null: the system's default
/// @param speaker id of the one in use; null: the system's default
/// @param ringer id of the one in use; null: the system's default
public record VoiceDevices(
        List<Device> microphones,
        List<Device> speakers,
        @Nullable String microphone,
        @Nullable String speaker,
        @Nullable String ringer) {
    public static final VoiceDevices NONE = new VoiceDevices(List.of(), List.of(), null, null, null);

    public VoiceDevices {
        microphones = List.copyOf(microphones);
        speakers = List.copyOf(speakers);
    }

    /// @param id stable across restarts and unplugging, as far as the system allows
    /// @param name what a person reads
    /// @param standard whether it is the system's default
    public record Device(String id, String name, boolean standard) {}
}
