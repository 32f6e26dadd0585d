package dev.patchbay.desktop.voice;

import java.util.Map;

/// Loudness, 0 (silence) to 1 (full scale), on a linear scale of amplitude peaks of the last 100 ms.
///
/// @param microphone of the own microphone (before mute, so that "you are muted" can be told)
/// @param links what is heard of each link
public record VoiceLevels(double microphone, Map<String, Double> links) {
    public static final VoiceLevels SILENT = new VoiceLevels(0, Map.of());

    public VoiceLevels {
        links = Map.copyOf(links);
    }
}
