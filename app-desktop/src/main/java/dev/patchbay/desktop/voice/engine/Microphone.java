package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.AudioSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Taps the machine's microphone beside the calls, for the level meter and for recordings: a sink on libwebrtc's local
/// track gets nothing, so this is a second device module. Opened while a call is live; only for the native thread.
final class Microphone implements AudioSink, AutoCloseable {
    private final AudioDeviceModule module = new AudioDeviceModule(AudioLayer.kPlatformDefaultAudio);
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile double peak;

    Microphone() {
        module.setAudioSink(this);
        module.initRecording();
        module.startRecording();
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

    @Override
    @SuppressWarnings({"NonAtomicVolatileUpdate", "NonAtomicOperationOnVolatileField"
    }) // one writer: the capture thread
    public void onRecordedData(
            byte[] data, int samples, int bytesPerSample, int channels, int rate, int delay, int drift) {
        try {
            short[] mono = Pcm.mono(data, rate, channels, samples);
            peak = Math.max(peak, Pcm.peak(mono));
            if (mono.length == Pcm.FRAME) for (Tap tap : taps) tap.hear(mono);
        } catch (Throwable e) {
            Guard.swallowed("the microphone's tap", e);
        }
    }

    @Override
    public void close() {
        module.stopRecording();
        module.dispose();
    }
}
