package dev.patchbay.desktop.voice;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the console asks of the engine. Asking for what already is changes nothing.
public sealed interface VoiceCommand {

    /// A command about one link.
    sealed interface OfLink extends VoiceCommand {
        String link();
    }

    /// Opens a peer connection. It comes up silent; `Live` lets the audio through. Opened again, a link that exists
    /// keeps its connection and gets the new tag.
    ///
    /// @param link name chosen by the caller; unique among the open ones
    /// @param tag opaque text (call, participants, signalling session), given back in the snapshot after a
    /// re-attach
    /// @param offer whether this side makes the first offer; when both sides offer at once, the one that did not
    /// make
    ///     the first offer gives way
    record Open(String link, String tag, List<IceServer> ice, boolean offer) implements OfLink {
        public Open {
            if (link.isBlank()) throw new IllegalArgumentException("link: must not be blank");
            ice = List.copyOf(ice);
        }
    }

    /// Replaces the tag.
    record Tag(String link, String tag) implements OfLink {}

    /// A description from the other side. An offer is answered at once, with a `LocalDescription`.
    record Remote(String link, SdpKind kind, String sdp) implements OfLink {}

    /// A candidate from the other side; may come before the description it belongs to.
    record Candidate(String link, @Nullable String mid, int index, String candidate) implements OfLink {}

    /// Looks for a new network path and makes a new offer.
    ///
    /// @param ice new servers (credentials age); empty keeps the old ones
    record RestartIce(String link, List<IceServer> ice) implements OfLink {
        public RestartIce {
            ice = List.copyOf(ice);
        }
    }

    /// False while ringing: connected, but neither side hears anything. True on answer: audio both ways at once.
    record Live(String link, boolean on) implements OfLink {}

    /// Silences the own voice.
    ///
    /// @param link null: all links, and those opened later
    record Mute(@Nullable String link, boolean on) implements VoiceCommand {}

    /// Holds by direction: the far end is neither heard nor hears us. Makes a new offer.
    record Hold(String link, boolean on) implements OfLink {}

    /// Sends tones (RFC 4733), one after the other.
    ///
    /// @param digits of `0–9 A–D * # ,`
    record Dtmf(String link, String digits) implements OfLink {
        public Dtmf {
            if (!digits.matches("[0-9A-Da-d*#,]{1,64}")) throw new IllegalArgumentException("digits: 0-9 A-D * # ,");
        }
    }

    /// Ends the link.
    record Close(String link) implements OfLink {}

    /// Chooses devices by id; null is the system's default. Works in mid-call. An id that is not there (unplugged)
    /// counts as null until it comes back.
    record ChooseDevices(
            @Nullable String microphone,
            @Nullable String speaker,
            @Nullable String ringer) implements VoiceCommand {}

    /// Clean-up of the microphone's sound; all on by default. Holds for links opened from now on.
    record Processing(boolean echo, boolean noise, boolean gain, boolean highPass) implements VoiceCommand {
        public static final Processing ALL = new Processing(true, true, true, true);
    }

    /// Rings on the ringer device, until told to stop (60 s at most).
    record Ring(boolean on) implements VoiceCommand {}

    /// Records from the microphone (levels come as events), then plays it back.
    record TestMicrophone(Duration length) implements VoiceCommand {}

    /// Plays a short melody on the speaker.
    record TestSpeaker() implements VoiceCommand {}

    /// Records a link into a two-channel WAV (left: own voice, right: the other side), readable by the owner only.
    record StartRecording(String link, Path file) implements OfLink {}

    record StopRecording(String link) implements OfLink {}

    /// Replaces both sides by a tone in the recording, so that its length stays provable.
    record Mask(String link, boolean on) implements OfLink {}

    /// Speaks a WAV file (PCM 16 bit, mono or stereo, any rate) into the link instead of the microphone, once; silence
    /// after it. While the other side holds the link, nothing is asked of us and the speech waits. Only an engine
    /// without sound can do this (simulated callers, tests).
    ///
    /// @param file null: stop speaking
    record Play(String link, @Nullable Path file) implements OfLink {}

    /// Writes what is heard of the link into a WAV file (48 kHz, mono), from now until the link closes.
    ///
    /// @param file null: stop writing
    record WriteHeard(String link, @Nullable Path file) implements OfLink {}

    /// Ends the process and its calls.
    record Shutdown() implements VoiceCommand {}
}
