package dev.patchbay.desktop.voice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/// Sound that has the shape of speech (voiced syllables of changing pitch and loudness, with pauses), different for
/// every seed, and the means to find it again in what was heard.
final class Speech {
    static final int RATE = 48_000;
    private static final int FRAME = RATE / 100;

    private Speech() {}

    static short[] of(long seed, double seconds) {
        Random random = new Random(seed);
        short[] samples = new short[(int) (seconds * RATE)];
        int at = 0;
        while (at < samples.length) {
            int length = (int) (RATE * (0.08 + 0.22 * random.nextDouble()));
            double pitch = 110 + 120 * random.nextDouble();
            double loud = 0.15 + 0.35 * random.nextDouble();
            double bright = 3 + 8 * random.nextDouble();
            for (int i = 0; i < length && at + i < samples.length; i++) {
                double fade = Math.sin(Math.PI * i / length);
                double value = 0;
                for (int h = 1; h <= 12; h++)
                    value += Math.exp(-h / bright) * Math.sin(2 * Math.PI * pitch * h * i / RATE);
                samples[at + i] = (short) (loud * fade * value * 32767 / 4);
            }
            at += length + (int) (RATE * (0.03 + 0.25 * random.nextDouble()));
        }
        return samples;
    }

    static Path write(Path file, short[] mono) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * mono.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : mono) bytes.putShort(sample);
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        try (AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, mono.length)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }

    /// One channel of a WAV file (16 bit).
    static short[] read(Path file, int channel) throws IOException {
        try (AudioInputStream in =
                AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            int channels = in.getFormat().getChannels();
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / (2 * channels)];
            for (int i = 0; i < samples.length; i++) samples[i] = bytes.getShort(2 * (i * channels + channel));
            return samples;
        } catch (javax.sound.sampled.UnsupportedAudioFileException e) {
            throw new IOException(e);
        }
    }

    /// Loudness in steps of 10 ms.
    static double[] envelope(short[] samples) {
        double[] envelope = new double[samples.length / FRAME];
        for (int f = 0; f < envelope.length; f++) {
            double sum = 0;
            for (int i = 0; i < FRAME; i++) sum += Math.pow(samples[f * FRAME + i] / 32768.0, 2);
            envelope[f] = Math.sqrt(sum / FRAME);
        }
        return envelope;
    }

    /// How well what was spoken is found in what was heard: the best normalised cross-correlation of the two loudness
    /// curves over all delays, 1 is perfect; two different speeches stay under 0.5.
    static double found(short[] spoken, short[] heard) {
        double[] a = envelope(spoken);
        double[] b = envelope(heard);
        double best = 0;
        for (int lag = -a.length / 2; lag <= b.length - a.length / 2; lag++) {
            double ma = 0;
            double mb = 0;
            int n = 0;
            for (int i = 0; i < a.length; i++) {
                if (i + lag < 0 || i + lag >= b.length) continue;
                ma += a[i];
                mb += b[i + lag];
                n++;
            }
            if (n < a.length * 3 / 5) continue;
            ma /= n;
            mb /= n;
            double ab = 0;
            double aa = 0;
            double bb = 0;
            for (int i = 0; i < a.length; i++) {
                if (i + lag < 0 || i + lag >= b.length) continue;
                ab += (a[i] - ma) * (b[i + lag] - mb);
                aa += (a[i] - ma) * (a[i] - ma);
                bb += (b[i + lag] - mb) * (b[i + lag] - mb);
            }
            if (aa > 0 && bb > 0) best = Math.max(best, ab / Math.sqrt(aa * bb));
        }
        return best;
    }

    /// Loudest 10 ms, 0 to 1.
    static double loudest(short[] samples) {
        double loudest = 0;
        for (double frame : envelope(samples)) loudest = Math.max(loudest, frame);
        return loudest;
    }

    /// Share of the energy at one frequency, 0 to 1 (Goertzel, in windows of 20 ms: a tone that was stretched by the
    /// jitter buffer has lost its phase in between).
    static double share(short[] samples, double hertz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        int window = RATE / 50;
        double at = 0;
        double energy = 0;
        for (int from = 0; from + window <= samples.length; from += window) {
            double s1 = 0;
            double s2 = 0;
            for (int i = from; i < from + window; i++) {
                double s0 = samples[i] + coefficient * s1 - s2;
                s2 = s1;
                s1 = s0;
                energy += (double) samples[i] * samples[i];
            }
            at += 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / window;
        }
        return energy == 0 ? 0 : at / energy;
    }
}
