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

    public VoiceSnapshot withEngine(Engine now) {
        return new VoiceSnapshot(now, links, devices, levels, missing);
    }

    /// What is known after an event.
    public VoiceSnapshot after(VoiceEvent event) {
        return switch (event) {
            case VoiceEvent.EngineStarting _ ->
                new VoiceSnapshot(Engine.STARTING, List.of(), devices, VoiceLevels.SILENT, missing);
            case VoiceEvent.EngineReady ready -> ready.snapshot();
            case VoiceEvent.EngineLost _ ->
                new VoiceSnapshot(Engine.LOST, List.of(), devices, VoiceLevels.SILENT, missing);
            case VoiceEvent.TakenOver _ -> withEngine(Engine.DETACHED);
            case VoiceEvent.AudioMissing audio -> new VoiceSnapshot(engine, links, devices, levels, audio.missing());
            case VoiceEvent.AudioFound _ -> new VoiceSnapshot(engine, links, devices, levels, null);
            case VoiceEvent.LinksChanged changed ->
                new VoiceSnapshot(engine, changed.links(), devices, levels, missing);
            case VoiceEvent.Levels now -> new VoiceSnapshot(engine, links, devices, now.levels(), missing);
            case VoiceEvent.DevicesChanged now -> new VoiceSnapshot(engine, links, now.devices(), levels, missing);
            case VoiceEvent.LocalDescription _,
                    VoiceEvent.LocalCandidate _,
                    VoiceEvent.LinkChanged _,
                    VoiceEvent.HeldByThem _,
                    VoiceEvent.FirstAudio _,
                    VoiceEvent.Quality _,
                    VoiceEvent.RecordingChanged _,
                    VoiceEvent.DtmfSent _,
                    VoiceEvent.PlayEnded _,
                    VoiceEvent.MicrophoneTested _,
                    VoiceEvent.Warning _,
                    VoiceEvent.Problem _ -> this;
        };
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
            Instant opened) {

        public static Link opened(String link, String tag, Instant now) {
            return new Link(link, tag, LinkState.CONNECTING, false, false, false, false, false, false, now);
        }

        public Link withTag(String now) {
            return new Link(link, now, state, live, muted, held, heldByThem, recording, masked, opened);
        }

        public Link withState(LinkState now) {
            return new Link(link, tag, now, live, muted, held, heldByThem, recording, masked, opened);
        }

        public Link withLive(boolean now) {
            return new Link(link, tag, state, now, muted, held, heldByThem, recording, masked, opened);
        }

        public Link withMuted(boolean now) {
            return new Link(link, tag, state, live, now, held, heldByThem, recording, masked, opened);
        }

        public Link withHeld(boolean now) {
            return new Link(link, tag, state, live, muted, now, heldByThem, recording, masked, opened);
        }

        public Link withHeldByThem(boolean now) {
            return new Link(link, tag, state, live, muted, held, now, recording, masked, opened);
        }

        public Link withRecording(boolean now, boolean maskedNow) {
            return new Link(link, tag, state, live, muted, held, heldByThem, now, maskedNow, opened);
        }
    }
}
