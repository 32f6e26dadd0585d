package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.media.audio.AudioSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The microphone of a room without sound: speaks what it is given, else is silent. Called every 10 ms by the room's
/// capture thread.
final class Mouth implements AudioSource {
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile @Nullable Speech speech;

    /// Speaks from the beginning; replaces what is being spoken, whose end is then not told.
    ///
    /// @param ended told on the capture thread
    void speak(short[] samples, Runnable ended) {
        speech = new Speech(samples, ended);
    }

    void stop() {
        speech = null;
    }

    void tap(Tap tap) {
        taps.add(tap);
    }

    void untap(Tap tap) {
        taps.remove(tap);
    }

    @Override
    public int onPlaybackData(byte[] data, int samples, int bytesPerSample, int channels, int rate) {
        try {
            Arrays.fill(data, (byte) 0);
            Speech now = speech;
            short[] frame = now == null ? Pcm.silence() : now.next();
            // The headless module asks for 48 kHz mono; anything else stays silent instead of being garbled.
            if (now != null && rate == Pcm.RATE && channels == 1) {
                byte[] bytes = Pcm.bytes(frame);
                System.arraycopy(bytes, 0, data, 0, Math.min(bytes.length, data.length));
            }
            for (Tap tap : taps) tap.hear(frame);
            if (now != null && now.done()) {
                if (speech == now) speech = null;
                now.ended.run();
            }
        } catch (Throwable e) {
            Guard.swallowed("the silent room's microphone", e);
        }
        return samples;
    }

    private static final class Speech {
        private final short[] samples;
        private final Runnable ended;
        private int at;

        Speech(short[] samples, Runnable ended) {
            this.samples = samples;
            this.ended = ended;
        }

        short[] next() {
            short[] frame = Arrays.copyOfRange(samples, Math.min(at, samples.length), at + Pcm.FRAME);
            at += Pcm.FRAME;
            return frame.length == Pcm.FRAME ? frame : Arrays.copyOf(frame, Pcm.FRAME);
        }

        boolean done() {
            return at >= samples.length;
        }
    }
}
