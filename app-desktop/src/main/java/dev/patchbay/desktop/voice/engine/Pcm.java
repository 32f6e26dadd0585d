package dev.patchbay.desktop.voice.engine;

/// Sound as this package carries it: 16 bit, mono, 48 kHz, in frames of 10 ms.
final class Pcm {
    static final int RATE = 48_000;

    /// Samples in a frame of 10 ms.
    static final int FRAME = RATE / 100;

    private static final short[] SILENCE = new short[FRAME];

    private Pcm() {}

    /// Shared; not to be written to.
    static short[] silence() {
        return SILENCE;
    }

    /// Interleaved little-endian bytes of any rate and number of channels to mono 48 kHz.
    static short[] mono(byte[] bytes, int rate, int channels, int frames) {
        int usable = Math.min(frames, bytes.length / (2 * channels));
        short[] mixed = new short[usable];
        for (int i = 0; i < usable; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                int at = 2 * (i * channels + c);
                sum += (short) ((bytes[at] & 0xff) | (bytes[at + 1] << 8));
            }
            mixed[i] = (short) (sum / channels);
        }
        return rate == RATE ? mixed : resampled(mixed, rate);
    }

    /// Linear interpolation: enough for speech.
    private static short[] resampled(short[] from, int rate) {
        int length = (int) ((long) from.length * RATE / rate);
        short[] to = new short[length];
        for (int i = 0; i < length; i++) {
            double at = (double) i * rate / RATE;
            int left = Math.min((int) at, from.length - 1);
            int right = Math.min(left + 1, from.length - 1);
            to[i] = (short) Math.round(from[left] + (at - left) * (from[right] - from[left]));
        }
        return to;
    }

    /// The loudest sample, 0 to 1.
    static double peak(short[] samples) {
        int peak = 0;
        for (short sample : samples) peak = Math.max(peak, Math.abs((int) sample));
        return Math.min(1, peak / 32767.0);
    }

    /// @param hertz tone
    /// @param loudness 0 to 1
    static short[] tone(double hertz, double loudness, int samples, long offset) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(loudness * 32767 * Math.sin(2 * Math.PI * hertz * (offset + i) / RATE));
        }
        return tone;
    }

    static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }
}
