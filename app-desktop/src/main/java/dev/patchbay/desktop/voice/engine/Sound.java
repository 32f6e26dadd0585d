package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceDevices.Device;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The machine's sound outside libwebrtc: is it there, which devices are there, short sounds. Two adapters:
/// [PulseSound]
/// (Linux: PulseAudio and PipeWire) and [LibrarySound] (Windows, macOS). Calls take milliseconds, two seconds at most,
/// and are made on the thread `voice-sound`.
interface Sound extends AutoCloseable {

    static Sound ofThisSystem() {
        return System.getProperty("os.name", "").startsWith("Linux") ? new PulseSound() : new LibrarySound();
    }

    /// Whether a real room may be made. Without a sound server that would abort the process.
    ///
    /// @return why not; null when it may
    @Nullable
    MissingAudio probe();

    List<Device> microphones();

    List<Device> speakers();

    /// Makes the calls use these devices, in mid-call too; null is the system's default. An id that is not there counts
    /// as null.
    void use(@Nullable String microphone, @Nullable String speaker, @Nullable Room room);

    /// Plays until the end, or until it is not wanted any more.
    void play(short[] samples, @Nullable String speaker, BooleanSupplier wanted) throws IOException;

    /// Listens until it is not wanted any more; frames of 10 ms.
    void listen(@Nullable String microphone, BooleanSupplier wanted, Consumer<short[]> frames) throws IOException;

    /// Tells on a thread of its own when devices or streams changed, and when the sound server went away.
    void watch(Runnable changed, Runnable gone);

    @Override
    void close();
}
