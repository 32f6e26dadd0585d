package dev.patchbay.desktop.voice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the engine is doing at one moment.
///
/// @param missing why there is no sound; null when there is
public record VoiceSnapshot(
        Engine engine,
        List<Link> links,
        VoiceDevices devices,
        VoiceLevels levels,
        @Nullable MissingAudio missing) {

    /// Before the first engine.
    public static final VoiceSnapshot NOTHING =
            new VoiceSnapshot(Engine.STARTING, List.of(), VoiceDevices.NONE, VoiceLevels.SILENT, null);

    public VoiceSnapshot {
        links = List.copyOf(links);
    }

    public Optional<Link> link(String id) {
        return links.stream().filter(link -> link.link().equals(id)).findFirst();
    }

    /// Whether the process is there.
    public enum Engine {
        STARTING,
        READY,
        /// It died and will be started again.
        LOST,
        /// This `Voice` is closed, or another window took over.
        DETACHED
    }

    /// One peer connection.
    ///
    /// @param tag what the caller gave with `Open` or `Tag`; the engine does not look into it
    /// @param live whether audio flows (false while ringing)
    /// @param heldByThem the other side's description asks us to be silent
    /// @param opened when it was opened, for the length of the call
    public record Link(
            String link,
            String tag,
            LinkState state,
            boolean live,
            boolean muted,
            boolean held,
            boolean heldByThem,
            boolean recording,
            boolean masked,
            Instant opened) {}
}
