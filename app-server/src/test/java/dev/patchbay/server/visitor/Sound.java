package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A piece of sound: 8,000 samples a second, one channel, each from -1 to 1.
public record Sound(float[] samples) {
    public static final int RATE = 8_000;
    /// 20 ms, as speech is cut for telephony.
    private static final int FRAME = RATE / 50;
    /// A second, in frames.
    private static final int PIECE = 50;
    /// From 150 Hz to 3,400 Hz, five spectral lines of 50 Hz each.
    private static final int BANDS = 13;
    private static final int LINES = 5;

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
    /// Loudness in [#BANDS] bands of frequency is compared piece by piece, each of a second: codec, noise
    /// suppression and
    /// gain control change the waves but not this picture, and a gap between pieces (a busy machine) spoils none.
    ///
    /// @return the median over the pieces of the best correlation at any shift; 0 when nothing was said. About 0.5
    /// for another sentence, above 0.7 for the same one
    public double likeness(Sound spoken) {
        double[][] heard = picture();
        double[][] loop = spoken.picture();
        List<Double> best = new ArrayList<>();
        for (int from = 0; from + PIECE <= heard.length; from += PIECE / 2) {
            double[] part = flat(heard, from);
            if (mean(part) < 0.01) {
                continue;
            }
            double most = 0;
            for (int shift = 0; shift < loop.length; shift++) {
                most = Math.max(most, correlation(part, flat(loop, shift)));
            }
            best.add(most);
        }
        Collections.sort(best);
        return best.isEmpty() ? 0 : best.get(best.size() / 2);
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
            if (all / window > 1e-5
                    && power(start, window, low) > 0.2 * all
                    && power(start, window, high) > 0.2 * all) {
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

    /// Of each frame the loudness in each band, its root taken so that soft sounds count too.
    private double[][] picture() {
        double[][] picture = new double[samples.length / FRAME][BANDS];
        for (int frame = 0; frame < picture.length; frame++) {
            for (int line = 0; line < BANDS * LINES; line++) {
                double turn = 2 * Math.PI * (line + 3) / FRAME;
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < FRAME; i++) {
                    real += samples[frame * FRAME + i] * Math.cos(turn * i);
                    imaginary += samples[frame * FRAME + i] * Math.sin(turn * i);
                }
                picture[frame][line / LINES] += real * real + imaginary * imaginary;
            }
            for (int band = 0; band < BANDS; band++) {
                picture[frame][band] = Math.pow(picture[frame][band], 0.25);
            }
        }
        return picture;
    }

    private static double[] flat(double[][] picture, int from) {
        double[] flat = new double[PIECE * BANDS];
        for (int i = 0; i < PIECE; i++) {
            System.arraycopy(picture[(from + i) % picture.length], 0, flat, i * BANDS, BANDS);
        }
        return flat;
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
