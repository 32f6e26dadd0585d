package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.media.MediaDevices;
import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceDevices.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;

/// Windows and macOS: libwebrtc lists and switches the devices itself; short sounds go through Java Sound, whose mixers
/// are found by the device's name.
final class LibrarySound implements Sound {
    private static final AudioFormat FORMAT = new AudioFormat(Pcm.RATE, 16, 1, true, false);

    @Override
    public @Nullable MissingAudio probe() {
        if (speakers().isEmpty())
            return new MissingAudio(
                    MissingAudio.Reason.NO_SPEAKER,
                    "There is no loudspeaker or headset. Plug one in, or switch it on.");
        return microphones().isEmpty()
                ? new MissingAudio(
                        MissingAudio.Reason.NO_MICROPHONE,
                        "There is no microphone, or this program may not use it. Plug in a headset and allow the"
                                + " microphone in the system's privacy settings.")
                : null;
    }

    @Override
    public List<Device> microphones() {
        return listed(MediaDevices.getAudioCaptureDevices(), MediaDevices.getDefaultAudioCaptureDevice());
    }

    @Override
    public List<Device> speakers() {
        return listed(MediaDevices.getAudioRenderDevices(), MediaDevices.getDefaultAudioRenderDevice());
    }

    private static List<Device> listed(List<AudioDevice> devices, @Nullable AudioDevice standard) {
        return devices.stream()
                .map(it -> new Device(it.getDescriptor(), it.getName(), it.equals(standard)))
                .toList();
    }

    @Override
    public void use(@Nullable String microphone, @Nullable String speaker, @Nullable Room room) {
        if (room == null) return;
        room.use(
                chosen(MediaDevices.getAudioCaptureDevices(), microphone, MediaDevices.getDefaultAudioCaptureDevice()),
                chosen(MediaDevices.getAudioRenderDevices(), speaker, MediaDevices.getDefaultAudioRenderDevice()));
    }

    private static @Nullable AudioDevice chosen(
            List<AudioDevice> there, @Nullable String wanted, @Nullable AudioDevice standard) {
        return there.stream()
                .filter(it -> it.getDescriptor().equals(wanted))
                .findFirst()
                .orElse(standard);
    }

    @Override
    public void play(short[] samples, @Nullable String speaker, BooleanSupplier wanted) throws IOException {
        try (SourceDataLine line = AudioSystem.getSourceDataLine(FORMAT, mixer(speakers(), speaker))) {
            line.open(FORMAT, 2 * Pcm.RATE / 10);
            line.start();
            byte[] bytes = Pcm.bytes(samples);
            int piece = 2 * Pcm.FRAME;
            for (int at = 0; at < bytes.length && wanted.getAsBoolean(); at += piece)
                line.write(bytes, at, Math.min(piece, bytes.length - at));
            if (wanted.getAsBoolean()) line.drain();
        } catch (LineUnavailableException | IllegalArgumentException e) {
            throw new IOException("the loudspeaker cannot be used", e);
        }
    }

    @Override
    public void listen(@Nullable String microphone, BooleanSupplier wanted, Consumer<short[]> frames)
            throws IOException {
        try (TargetDataLine line = AudioSystem.getTargetDataLine(FORMAT, mixer(microphones(), microphone))) {
            line.open(FORMAT);
            line.start();
            byte[] frame = new byte[2 * Pcm.FRAME];
            while (wanted.getAsBoolean() && line.read(frame, 0, frame.length) == frame.length)
                frames.accept(Pcm.mono(frame, Pcm.RATE, 1, Pcm.FRAME));
        } catch (LineUnavailableException | IllegalArgumentException e) {
            throw new IOException("the microphone cannot be used", e);
        }
    }

    private static Mixer.@Nullable Info mixer(List<Device> devices, @Nullable String id) {
        return devices.stream()
                .filter(device -> device.id().equals(id))
                .flatMap(device -> Arrays.stream(AudioSystem.getMixerInfo())
                        .filter(info -> info.getName().contains(device.name())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void watch(Runnable changed, Runnable gone) {
        MediaDevices.addDeviceChangeListener(new dev.onvoid.webrtc.media.DeviceChangeListener() {
            @Override
            public void deviceConnected(dev.onvoid.webrtc.media.Device device) {
                tell();
            }

            @Override
            public void deviceDisconnected(dev.onvoid.webrtc.media.Device device) {
                tell();
            }

            private void tell() {
                try {
                    changed.run();
                } catch (Throwable e) {
                    Guard.swallowed("the device listener", e);
                }
            }
        });
    }

    @Override
    public void close() {}
}
