package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A piece of sound: 8,000 samples a second, one channel, each from -1 to 1.
public record Sound(float[] samples) {
    public static final int RATE = 8_000;
    /// 20 ms, as speech is cut for telephony.
    private static final int FRAME = RATE / 50;

    /// The sentence that a [Chromium] speaks into its microphone, again and again.
    public static Sound ofCaller() {
        return of("/visitor/caller.wav");
    }

    /// The sentence that a [BrowserAgent] speaks, again and again.
    public static Sound ofAgent() {
        return of("/visitor/agent.wav");
    }

    private static Sound of(String resource) {
        URL file = Objects.requireNonNull(Sound.class.getResource(resource), resource);
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            float[] samples = new float[bytes.remaining() / 2];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = bytes.getShort() / 32768f;
            }
            return new Sound(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalStateException(resource + " is no WAV file", e);
        }
    }

    /// The root of the mean square, 0 (nothing at all) to 1.
    public double loudness() {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
    }

    /// Whether anything can be heard: louder than the noise of a codec's silence.
    public boolean isSilent() {
        return loudness() < 0.002;
    }

    /// How much this sounds like `spoken`, which is repeated without end and may have begun anywhere.
    ///
    /// @return the best normalised correlation of the loudness curves over all shifts: about 0.3 for another speaker's
    /// sentence, above 0.6 for the same one after codec, noise suppression and gain control
    public double likeness(Sound spoken) {
        double[] heard = curve();
        double[] loop = spoken.curve();
        double best = 0;
        for (int shift = 0; shift < loop.length; shift++) {
            double[] expected = new double[heard.length];
            for (int i = 0; i < heard.length; i++) {
                expected[i] = loop[(i + shift) % loop.length];
            }
            best = Math.max(best, correlation(heard, expected));
        }
        return best;
    }

    /// Whether a key's two tones (ITU-T Q.23) stand out somewhere in it.
    public boolean hasKey(double low, double high) {
        int window = RATE / 20;
        for (int start = 0; start + window <= samples.length; start += window / 2) {
            double all = 0;
            for (int i = start; i < start + window; i++) {
                all += samples[i] * samples[i];
            }
            // A pure pair of tones holds half of the energy in each, by Goertzel's measure.
            if (all / window > 1e-5 && power(start, window, low) > 0.2 * all && power(start, window, high) > 0.2 * all) {
                return true;
            }
        }
        return false;
    }

    private double power(int start, int window, double frequency) {
        double turn = 2 * Math.cos(2 * Math.PI * frequency / RATE);
        double before = 0;
        double last = 0;
        for (int i = start; i < start + window; i++) {
            double now = samples[i] + turn * last - before;
            before = last;
            last = now;
        }
        return (last * last + before * before - turn * last * before) * 2 / window;
    }

    private double[] curve() {
        double[] curve = new double[samples.length / FRAME];
        for (int i = 0; i < curve.length; i++) {
            double sum = 0;
            for (int j = i * FRAME; j < (i + 1) * FRAME; j++) {
                sum += samples[j] * samples[j];
            }
            curve[i] = Math.sqrt(sum / FRAME);
        }
        return curve;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        return squareA == 0 || squareB == 0 ? 0 : product / Math.sqrt(squareA * squareB);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
