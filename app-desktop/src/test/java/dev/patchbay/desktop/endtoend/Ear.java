package dev.patchbay.desktop.endtoend;

import dev.patchbay.desktop.voice.PrivateSoundServer;
import dev.patchbay.server.visitor.Sound;
import dev.patchbay.server.visitor.Until;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;

/// Listens to a loudspeaker all the time. Places in what was heard are counted in samples of [Sound#RATE].
final class Ear implements AutoCloseable {
    private static final int FRAME = Sound.RATE / 50;

    private final Path file;
    private final Process recorder;

    Ear(PrivateSoundServer sound, String speaker, Path file) throws IOException {
        this.file = file;
        recorder = sound.process(
                "parec",
                "--raw",
                "--device=" + speaker + ".monitor",
                "--latency-msec=10",
                "--rate=" + Sound.RATE,
                "--channels=1",
                "--format=s16le",
                file.toString());
        Until.happens("the recorder hears the silence", Duration.ofSeconds(10), () -> now() > 0);
    }

    /// How much was heard so far.
    long now() {
        return file.toFile().length() / 2;
    }

    /// What was heard from a place on, until now.
    Sound since(long from) {
        return between(from, now());
    }

    private Sound between(long from, long to) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(2 * (to - from))];
            in.seek(2 * from);
            in.readFully(bytes);
            ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            float[] heard = new float[bytes.length / 2];
            for (int i = 0; i < heard.length; i++) {
                heard[i] = samples.getShort() / 32768f;
            }
            return new Sound(heard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is heard from now on.
    Sound hear(Duration time) {
        long from = now();
        long to = from + time.toMillis() * Sound.RATE / 1000;
        Until.happens("the recorder goes on", time.plusSeconds(10), () -> now() >= to);
        return between(from, to);
    }

    /// Waits for a sound.
    ///
    /// @param from where it begins to listen
    /// @return the time from that place to the sound
    Duration untilSound(long from, Duration limit) {
        Until.happens("something is heard", limit, () -> first(from) >= 0);
        return Duration.ofMillis((first(from) - from) * 1000 / Sound.RATE);
    }

    private long first(long from) {
        if (now() < from) {
            return -1;
        }
        float[] samples = since(from).samples();
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            double sum = 0;
            for (int i = at; i < at + FRAME; i++) {
                sum += samples[i] * samples[i];
            }
            if (Math.sqrt(sum / FRAME) > 0.01) {
                return from + at;
            }
        }
        return -1;
    }

    /// Whether something was heard within the last tenth of a second.
    boolean soundedLately() {
        return first(Math.max(0, now() - Sound.RATE / 10)) >= 0;
    }

    /// The longest time without any sound.
    static Duration longestGap(Sound sound) {
        int longest = 0;
        int quiet = 0;
        float[] samples = sound.samples();
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            double sum = 0;
            for (int i = at; i < at + FRAME; i++) {
                sum += samples[i] * samples[i];
            }
            quiet = Math.sqrt(sum / FRAME) > 0.003 ? 0 : quiet + 1;
            longest = Math.max(longest, quiet);
        }
        return Duration.ofMillis(20L * longest);
    }

    @Override
    public void close() {
        recorder.destroy();
    }
}
