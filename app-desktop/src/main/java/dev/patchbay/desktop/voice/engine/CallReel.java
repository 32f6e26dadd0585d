package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// The recording of a call: left the own voice, right the other side.
///
/// It is paced by the clock, not by the sound: both sides come from devices with clocks of their own and fall silent
/// when held, yet the file must be as long as the call was. What did not come in time is silence.
final class CallReel implements Reel {
    /// Frames that may wait on each side before the file goes on: covers the jitter of two audio threads.
    private static final int LEAD = 6;

    private final WavFile file;
    private final long started;
    private final Side left = new Side();
    private final Side right = new Side();
    private long written;
    private volatile boolean masked;

    /// @param now `System.nanoTime()`
    CallReel(Path path, long now) throws IOException {
        file = WavFile.create(path, 2);
        started = now;
    }

    Tap left() {
        return left;
    }

    Tap right() {
        return right;
    }

    /// Replaces both sides by a tone: what was said is not in the file, that something was said is.
    void mask(boolean on) {
        masked = on;
    }

    boolean masked() {
        return masked;
    }

    @Override
    public void tick(long now) throws IOException {
        writeUntil((now - started) / 10_000_000 - LEAD);
    }

    private void writeUntil(long frames) throws IOException {
        for (; written < frames; written++) {
            short[] own = left.next();
            short[] other = right.next();
            if (masked) own = other = Pcm.tone(440, 0.05, Pcm.FRAME, written * Pcm.FRAME);
            short[] both = new short[2 * Pcm.FRAME];
            for (int i = 0; i < Pcm.FRAME; i++) {
                both[2 * i] = own[i];
                both[2 * i + 1] = other[i];
            }
            file.write(Pcm.bytes(both));
        }
    }

    @Override
    public void end() throws IOException {
        try (file) {
            writeUntil(written + Math.max(left.waiting.size(), right.waiting.size()));
        }
    }

    private static final class Side implements Tap {
        private final BlockingQueue<short[]> waiting = new ArrayBlockingQueue<>(4 * LEAD);

        @Override
        @SuppressWarnings("CheckReturnValue") // the oldest frame makes room: the file must not lag behind the call
        public void hear(short[] frame) {
            while (!waiting.offer(frame)) waiting.poll();
        }

        short[] next() {
            @Nullable short[] frame = waiting.poll();
            return frame == null ? Pcm.silence() : frame;
        }
    }
}
