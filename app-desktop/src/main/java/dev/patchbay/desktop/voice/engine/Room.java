package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.patchbay.desktop.voice.VoiceCommand.Processing;
import org.jspecify.annotations.Nullable;

/// A device module and the factory of the peer connections that use it. Only for the native thread.
final class Room implements AutoCloseable {
    private final AudioDeviceModuleBase devices;
    private final PeerConnectionFactory factory;
    private final @Nullable Mouth mouth;
    private int tracks;

    private Room(AudioDeviceModuleBase devices, PeerConnectionFactory factory, @Nullable Mouth mouth) {
        this.devices = devices;
        this.factory = factory;
        this.mouth = mouth;
    }

    /// The sound devices of this machine. The sound server must have been probed: without one this aborts the process.
    static Room withSound() {
        AudioDeviceModule devices = new AudioDeviceModule(AudioLayer.kPlatformDefaultAudio);
        return new Room(devices, new PeerConnectionFactory(devices), null);
    }

    /// Sends what the mouth speaks and decodes what comes in, with no sound server at all.
    ///
    /// A `CustomAudioSource` cannot do it: the headless module captures too, and two feeders of one stream abort
    /// the process (race check in `audio_send_stream.cc`). And left alone, the headless module's capture thread
    /// asks
    /// *libwebrtc* for its input, so that the far end would hear itself. The order here gives that thread our mouth
    /// instead: a device buffer takes no other callback while its media is active, so with playout running,
    /// `setAudioSource` replaces only where the capture thread *asks*, and not where it *delivers*. Measured with
    /// 0.14.0.
    static Room silent() {
        HeadlessAudioDeviceModule devices = new HeadlessAudioDeviceModule();
        PeerConnectionFactory factory = new PeerConnectionFactory(devices);
        Mouth mouth = new Mouth();
        devices.initPlayout();
        devices.startPlayout();
        devices.setAudioSource(mouth);
        return new Room(devices, factory, mouth);
    }

    /// Null when this room has the machine's own microphone.
    @Nullable
    Mouth mouth() {
        return mouth;
    }

    RTCPeerConnection connect(RTCConfiguration configuration, PeerConnectionObserver observer) {
        return factory.createPeerConnection(configuration, observer);
    }

    /// The own voice as a track; dispose it after its connection was closed.
    AudioTrack voice(Processing processing) {
        AudioOptions options = new AudioOptions();
        // A spoken file is clean already, and echo cancellation would take away what both sides say.
        options.echoCancellation = processing.echo() && mouth == null;
        options.noiseSuppression = processing.noise() && mouth == null;
        options.autoGainControl = processing.gain() && mouth == null;
        options.highpassFilter = processing.highPass() && mouth == null;
        return factory.createAudioTrack("voice" + tracks++, factory.createAudioSource(options));
    }

    /// Switches devices, where the library can (not on Linux).
    void use(@Nullable AudioDevice microphone, @Nullable AudioDevice speaker) {
        if (microphone != null) devices.setRecordingDevice(microphone);
        if (speaker != null) devices.setPlayoutDevice(speaker);
    }

    /// After the last connection was closed, or it is a SIGSEGV.
    @Override
    public void close() {
        factory.dispose();
        devices.dispose();
    }
}
