package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceDevices;
import dev.patchbay.desktop.voice.VoiceEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about the machine's sound: is it there, which devices, ringing, tests, the microphone's tap. Looks again
/// every few seconds while something is missing.
///
/// Questions to the sound server are asked on `voice-sound`, never on the native thread: a server that hangs must not
/// hold up a call that still runs.
final class SoundDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundDesk.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final Duration LONGEST_RINGING = Duration.ofSeconds(60);

    /// Told when sound comes while the process runs.
    @FunctionalInterface
    interface CameBack {
        /// @param again the server was restarted: playout stays dead in this process
        void soundCame(boolean again);
    }

    private final @Nullable Sound sound;
    private final Surroundings around;
    private final Rooms rooms;
    private final CameBack cameBack;
    private final ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("voice-sound").factory());
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile VoiceDevices devices = VoiceDevices.NONE;
    private volatile @Nullable MissingAudio missing;
    private volatile VoiceCommand.ChooseDevices choice = new VoiceCommand.ChooseDevices(null, null, null);
    private volatile @Nullable Microphone microphone;
    private volatile boolean ringing;
    private volatile boolean testing;
    private volatile double testPeak;
    private boolean sounded;
    private boolean tapped;

    /// @param sound null: switched off
    SoundDesk(@Nullable Sound sound, Surroundings around, Rooms rooms, CameBack cameBack) {
        this.sound = sound;
        this.around = around;
        this.rooms = rooms;
        this.cameBack = cameBack;
    }

    VoiceDevices devices() {
        return devices;
    }

    @Nullable
    MissingAudio missing() {
        return missing;
    }

    /// Looks at once, so that the first window hears how it is.
    void begin() {
        if (sound == null) {
            missing = new MissingAudio(
                    MissingAudio.Reason.SWITCHED_OFF, "The voice process was told to run without sound.");
            return;
        }
        look(sound);
        asker.scheduleWithFixedDelay(
                () -> {
                    if (missing != null) look(sound);
                },
                LOOK_AGAIN.toMillis(),
                LOOK_AGAIN.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// With a sound server but without a microphone, calls are heard at least.
    private static boolean usable(@Nullable MissingAudio found) {
        return found == null || found.reason() == MissingAudio.Reason.NO_MICROPHONE;
    }

    private void look(Sound there) {
        MissingAudio before = missing;
        MissingAudio now = there.probe();
        missing = now;
        if (usable(now)) {
            if (!sounded) {
                sounded = true;
                around.later(() -> {
                    boolean late = before != null;
                    rooms.sound();
                    LOG.info("sound is there");
                    if (late) cameBack.soundCame(false);
                });
                there.watch(this::refresh, () -> asker.execute(() -> look(there)));
            } else if (before != null && !usable(before)) {
                cameBack.soundCame(true);
            }
            list(there);
        }
        if (now == null && before != null) around.tell(new VoiceEvent.AudioFound());
        if (now != null && !now.equals(before)) around.tell(new VoiceEvent.AudioMissing(now));
    }

    /// Bursts of the server's events cost one look.
    private void refresh() {
        if (sound == null || !refreshing.compareAndSet(false, true)) return;
        asker.schedule(
                () -> {
                    refreshing.set(false);
                    look(sound);
                },
                100,
                TimeUnit.MILLISECONDS);
    }

    private void list(Sound there) {
        VoiceCommand.ChooseDevices wanted = choice;
        VoiceDevices now = new VoiceDevices(
                there.microphones(), there.speakers(), wanted.microphone(), wanted.speaker(), wanted.ringer());
        there.use(wanted.microphone(), wanted.speaker(), rooms.sounding());
        if (now.equals(devices)) return;
        devices = now;
        around.tell(new VoiceEvent.DevicesChanged(now));
    }

    void choose(VoiceCommand.ChooseDevices wanted) {
        choice = wanted;
        ask(this::list);
    }

    private void ask(java.util.function.Consumer<Sound> question) {
        if (sound == null || !usable(missing)) {
            around.tell(new VoiceEvent.Problem(null, "NO_SOUND", "There is no sound on this machine now."));
            return;
        }
        try {
            asker.execute(() -> {
                try {
                    question.accept(sound);
                } catch (RuntimeException | Error e) {
                    LOG.warn("the sound server could not be asked; calls go on as they are", e);
                }
            });
        } catch (RejectedExecutionException _) {
            // The process is ending.
        }
    }

    // ---- the microphone beside the calls; native thread

    /// Whether any call is live: only then the microphone is open.
    void calls(boolean live) {
        tapped = live;
        if (live && microphone == null && sound != null && rooms.sounding() != null) {
            Microphone opened = new Microphone(sound, () -> choice.microphone());
            taps.forEach(opened::tap);
            microphone = opened;
        } else if (!live && microphone != null) {
            microphone.close();
            microphone = null;
        }
    }

    void tap(Tap tap) {
        taps.add(tap);
        if (microphone != null) microphone.tap(tap);
        else calls(tapped);
    }

    void untap(Tap tap) {
        taps.remove(tap);
        if (microphone != null) microphone.untap(tap);
    }

    /// Loudest moment of the microphone since the last question.
    double peak() {
        if (testing) return testPeak;
        Microphone open = microphone;
        return open == null ? 0 : open.peak();
    }

    // ---- short sounds

    void ring(boolean on) {
        if (ringing == on) return;
        ringing = on;
        if (!on || sound == null || !usable(missing)) return;
        long limit = System.nanoTime() + LONGEST_RINGING.toNanos();
        aside("voice-ring", () -> {
            while (ringing && System.nanoTime() < limit) sound.play(Chimes.ring(), choice.ringer(), () -> ringing);
        });
    }

    void testSpeaker() {
        ask(there -> aside("voice-test", () -> there.play(Chimes.melody(), choice.speaker(), () -> true)));
    }

    void testMicrophone(Duration length) {
        if (testing) return;
        ask(there -> {
            testing = true;
            aside("voice-test", () -> {
                List<short[]> said = new ArrayList<>();
                double[] peak = {0};
                long limit = System.nanoTime() + Math.min(length.toNanos(), LONGEST_RINGING.toNanos());
                try {
                    there.listen(choice.microphone(), () -> System.nanoTime() < limit, frame -> {
                        said.add(frame);
                        testPeak = Pcm.peak(frame);
                        peak[0] = Math.max(peak[0], testPeak);
                    });
                } finally {
                    testing = false;
                    testPeak = 0;
                }
                around.tell(new VoiceEvent.MicrophoneTested(peak[0]));
                short[] all = new short[said.size() * Pcm.FRAME];
                for (int i = 0; i < said.size(); i++) System.arraycopy(said.get(i), 0, all, i * Pcm.FRAME, Pcm.FRAME);
                there.play(all, choice.speaker(), () -> true);
            });
        });
    }

    private interface Playing {
        void run() throws IOException;
    }

    private void aside(String name, Playing work) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                LOG.warn("a sound could not be played", e);
                around.tell(new VoiceEvent.Problem(null, "NO_SOUND", String.valueOf(e.getMessage())));
            }
        });
    }

    /// On the native thread, after the last call.
    @Override
    public void close() {
        ringing = false;
        asker.shutdownNow();
        calls(false);
        if (sound != null) sound.close();
    }

    /// Sounds made by arithmetic instead of files.
    private static final class Chimes {
        /// Two soft notes and a pause, 2.4 s.
        static short[] ring() {
            return joined(note(660, 0.35), note(880, 0.45), Arrays.copyOf(Pcm.silence(), (int) (1.6 * Pcm.RATE)));
        }

        static short[] melody() {
            return joined(note(523, 0.2), note(659, 0.2), note(784, 0.4));
        }

        private static short[] note(double hertz, double seconds) {
            short[] tone = Pcm.tone(hertz, 0.25, (int) (seconds * Pcm.RATE), 0);
            for (int i = 0; i < tone.length; i++)
                tone[i] = (short) (tone[i] * Math.exp(-3.0 * i / tone.length) * Math.min(1, i / 240.0));
            return tone;
        }

        private static short[] joined(short[]... parts) {
            short[] all =
                    new short[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
            int at = 0;
            for (short[] part : parts) {
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
            return all;
        }
    }
}
