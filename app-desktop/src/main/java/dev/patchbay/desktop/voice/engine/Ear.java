package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears one remote track, on libwebrtc's playout thread: what is slow here stalls every call.
///
/// The track gives its frames before the volume is applied, so an ear hears a caller who is ringing too; it lets them
/// through only when open.
final class Ear implements AudioTrackSink {
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Runnable first;
    private short[] rest = new short[0];
    private volatile boolean open;
    private volatile boolean waiting;
    private volatile double peak;
    private volatile long frames;

    /// @param first told on the audio thread at the first sound after each opening
    Ear(Runnable first) {
        this.first = first;
    }

    /// Lets sound through, or not.
    void open(boolean on) {
        if (on && !open) waiting = true;
        open = on;
    }

    void tap(Tap tap) {
        taps.add(tap);
    }

    void untap(Tap tap) {
        taps.remove(tap);
    }

    /// Loudest moment since the last question, 0 to 1.
    double peak() {
        double now = peak;
        peak = 0;
        return now;
    }

    /// Frames of 10 ms that came, audible or not.
    long frames() {
        return frames;
    }

    @Override
    @SuppressWarnings({"NonAtomicVolatileUpdate", "NonAtomicOperationOnVolatileField"
    }) // one writer: the playout thread
    public void onData(byte[] data, int bits, int rate, int channels, int samples) {
        try {
            short[] mono = Pcm.mono(data, rate, channels, samples);
            frames++;
            if (!open) return;
            double loudest = Pcm.peak(mono);
            if (waiting && loudest > 0) {
                waiting = false;
                first.run();
            }
            peak = Math.max(peak, loudest);
            if (!taps.isEmpty()) pass(mono);
        } catch (Throwable e) {
            Guard.swallowed("the ear", e);
        }
    }

    /// Taps get whole frames, whatever the rate was.
    private void pass(short[] mono) {
        short[] all = mono;
        if (rest.length > 0) {
            all = Arrays.copyOf(rest, rest.length + mono.length);
            System.arraycopy(mono, 0, all, rest.length, mono.length);
        }
        int at = 0;
        for (; at + Pcm.FRAME <= all.length; at += Pcm.FRAME) {
            short[] frame = at == 0 && all.length == Pcm.FRAME ? all : Arrays.copyOfRange(all, at, at + Pcm.FRAME);
            for (Tap tap : taps) tap.hear(frame);
        }
        rest = at == all.length ? new short[0] : Arrays.copyOfRange(all, at, all.length);
    }
}
