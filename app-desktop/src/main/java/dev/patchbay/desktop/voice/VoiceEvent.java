package dev.patchbay.desktop.voice;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine tells.
public sealed interface VoiceEvent {

    /// An event of one link.
    sealed interface OfLink extends VoiceEvent {
        String link();
    }

    /// A process is being started or looked for.
    record EngineStarting() implements VoiceEvent {}

    /// Attached. The snapshot holds the links that lived through the window's absence; a fresh engine has none.
    record EngineReady(VoiceSnapshot snapshot) implements VoiceEvent {}

    /// The process is gone, and all links with it; the next one is being started. Open the links again after
    /// `EngineReady`.
    record EngineLost(String reason) implements VoiceEvent {}

    /// Another window attached to the same engine; this `Voice` hears nothing more.
    record TakenOver() implements VoiceEvent {}

    record AudioMissing(MissingAudio missing) implements VoiceEvent {}

    record AudioFound() implements VoiceEvent {}

    /// The links and their flags after a change (opened, closed, live, muted, held, recording, tag). Comes before the
    /// event that tells the one thing that happened.
    record LinksChanged(List<VoiceSnapshot.Link> links) implements VoiceEvent {
        public LinksChanged {
            links = List.copyOf(links);
        }
    }

    /// A description for the other side.
    record LocalDescription(String link, SdpKind kind, String sdp) implements OfLink {}

    /// A candidate for the other side. No event marks the end of candidates.
    record LocalCandidate(String link, @Nullable String mid, int index, String candidate) implements OfLink {}

    record LinkChanged(String link, LinkState state) implements OfLink {}

    /// The far end put us on hold, or took us back.
    record HeldByThem(String link, boolean on) implements OfLink {}

    /// The first decoded frame of the other side after `Live(true)`.
    ///
    /// @param sinceLive from the engine's receipt of `Live(true)`
    record FirstAudio(String link, Instant at, Duration sinceLive) implements OfLink {}

    /// At most ten times in a second; not sent while nothing is heard and nothing changes.
    record Levels(VoiceLevels levels) implements VoiceEvent {}

    /// Once in a second per live link.
    ///
    /// @param rtt round trip time; zero as long as it is not known
    /// @param loss lost / expected packets since the last report, 0 to 1
    /// @param mos 1 (unusable) to 4.4 (best for the codec); see [Mos]
    /// @param bytes received and sent in all
    record Quality(String link, Duration rtt, Duration jitter, double loss, double mos, long bytes) implements OfLink {}

    record DevicesChanged(VoiceDevices devices) implements VoiceEvent {}

    /// @param file null when recording ended or could not begin (a `Problem` says why)
    record RecordingChanged(String link, @Nullable Path file, boolean masked) implements OfLink {}

    /// A tone sent by `Dtmf` went out.
    record DtmfSent(String link, String digits) implements OfLink {}

    /// A file given to `Play` was spoken to its end.
    record PlayEnded(String link, Path file) implements OfLink {}

    /// A microphone test ended.
    ///
    /// @param peak loudest moment, 0 to 1
    record MicrophoneTested(double peak) implements VoiceEvent {}

    record Warning(Kind kind) implements VoiceEvent {
        public enum Kind {
            MUTED_BUT_SPEAKING,
            MICROPHONE_SILENT
        }
    }

    /// Something asked for did not work.
    ///
    /// @param link null when it is not about one link
    /// @param code stable, for translation: `NO_SUCH_LINK`, `BAD_DESCRIPTION`, `BAD_CANDIDATE`, `NATIVE_TIMEOUT`,
    ///     `RECORDING_FAILED`, `PLAY_FAILED`, `DTMF_FAILED`, `NO_SOUND`, `BAD_COMMAND`
    record Problem(@Nullable String link, String code, String message) implements VoiceEvent {}
}
