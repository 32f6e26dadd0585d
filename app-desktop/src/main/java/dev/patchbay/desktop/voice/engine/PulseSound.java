package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceDevices.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PulseAudio, or PipeWire in its place, through its command line programs.
///
/// libwebrtc's own choice of devices does nothing on Linux: it always takes the server's default. What works, in
/// mid-call too, is to move this process' streams on the server, found by the process number.
final class PulseSound implements Sound {
    /// Without it webrtc-java has no way to the sound server; a stand-in of that name must not be asked for sound.
    private static final String LIBRARY = "libpulse.so.0";

    private static final Logger LOG = LoggerFactory.getLogger(PulseSound.class);
    private static final String OWN = Long.toString(ProcessHandle.current().pid());

    private volatile @Nullable Process watcher;
    private volatile boolean closed;

    @Override
    public @Nullable MissingAudio probe() {
        if (NativeLibraries.missing().contains(LIBRARY)) {
            return new MissingAudio(
                    MissingAudio.Reason.NO_LIBRARY,
                    "The library " + LIBRARY + " is missing. Install the package libpulse0 and start Patchbay again.");
        }
        try {
            ask("pactl", "info");
        } catch (ProgramMissing _) {
            return new MissingAudio(
                    MissingAudio.Reason.NO_SOUND_SERVER,
                    "The program pactl is missing. Install the package pulseaudio-utils; sound starts by itself then.");
        } catch (IOException e) {
            return new MissingAudio(
                    MissingAudio.Reason.NO_SOUND_SERVER,
                    "No sound server answers. Start PipeWire or PulseAudio (for example: systemctl --user start"
                            + " pipewire-pulse); sound starts by itself then.");
        }
        if (speakers().isEmpty())
            return new MissingAudio(
                    MissingAudio.Reason.NO_SPEAKER,
                    "There is no loudspeaker or headset. Plug one in, or switch it on.");
        return microphones().isEmpty()
                ? new MissingAudio(
                        MissingAudio.Reason.NO_MICROPHONE,
                        "There is no microphone. Plug in a headset; customers cannot hear you until then.")
                : null;
    }

    @Override
    public List<Device> microphones() {
        return devices("sources", "Default Source: ").stream()
                .filter(device -> !device.id().endsWith(".monitor"))
                .toList();
    }

    @Override
    public List<Device> speakers() {
        return devices("sinks", "Default Sink: ");
    }

    private static List<Device> devices(String kind, String defaultLine) {
        try {
            String standard = line(ask("pactl", "info"), defaultLine);
            return parse(ask("pactl", "list", kind), standard);
        } catch (IOException e) {
            LOG.debug("the devices cannot be listed", e);
            return List.of();
        }
    }

    /// From `pactl list sources` or `sinks`: the JSON of newer versions is not everywhere yet.
    static List<Device> parse(List<String> lines, String standard) {
        List<Device> devices = new ArrayList<>();
        String name = "";
        for (String line : lines) {
            if (line.startsWith("\tName: ")) name = line.substring(7);
            else if (line.startsWith("\tDescription: ") && !name.isEmpty()) {
                devices.add(new Device(name, line.substring(14), name.equals(standard)));
                name = "";
            }
        }
        return devices;
    }

    @Override
    public void use(@Nullable String microphone, @Nullable String speaker, @Nullable Room room) {
        move("source-outputs", "move-source-output", known(microphone, microphones()));
        move("sink-inputs", "move-sink-input", known(speaker, speakers()));
    }

    /// A device that was unplugged stands for the default.
    private static @Nullable String known(@Nullable String wanted, List<Device> there) {
        if (there.stream().anyMatch(device -> device.id().equals(wanted))) return wanted;
        return there.stream()
                .filter(Device::standard)
                .map(Device::id)
                .findFirst()
                .orElse(null);
    }

    private static void move(String kind, String command, @Nullable String device) {
        if (device == null) return;
        try {
            for (String stream : ownStreams(ask("pactl", "list", kind), OWN)) ask("pactl", command, stream, device);
        } catch (IOException e) {
            // A stream that ended in between cannot be moved any more; the next one is moved when it begins.
            LOG.debug("a stream was not moved to {}", device, e);
        }
    }

    /// From `pactl list sink-inputs` or `source-outputs`: the numbers of the streams of one process.
    static List<String> ownStreams(List<String> lines, String pid) {
        List<String> own = new ArrayList<>();
        String number = "";
        for (String line : lines) {
            if (line.startsWith("Sink Input #") || line.startsWith("Source Output #"))
                number = line.substring(line.indexOf('#') + 1);
            else if (line.strip().equals("application.process.id = \"" + pid + "\"")) own.add(number);
        }
        return own;
    }

    @Override
    public void play(short[] samples, @Nullable String speaker, BooleanSupplier wanted) throws IOException {
        Process player = stream("--playback", known(speaker, speakers()));
        try (OutputStream out = player.getOutputStream()) {
            byte[] bytes = Pcm.bytes(samples);
            int piece = 2 * Pcm.RATE / 20;
            for (int at = 0; at < bytes.length && wanted.getAsBoolean(); at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
                out.flush();
            }
            if (!wanted.getAsBoolean()) player.destroy();
        } finally {
            finish(player);
        }
    }

    @Override
    public void listen(@Nullable String microphone, BooleanSupplier wanted, Consumer<short[]> frames)
            throws IOException {
        Process recorder = stream("--record", known(microphone, microphones()));
        try (InputStream in = recorder.getInputStream()) {
            byte[] frame = new byte[2 * Pcm.FRAME];
            while (wanted.getAsBoolean() && in.readNBytes(frame, 0, frame.length) == frame.length)
                frames.accept(Pcm.mono(frame, Pcm.RATE, 1, Pcm.FRAME));
        } finally {
            recorder.destroy();
            finish(recorder);
        }
    }

    private static Process stream(String direction, @Nullable String device) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "pacat", direction, "--raw", "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=40"));
        if (device != null) command.add("--device=" + device);
        return start(command);
    }

    private static void finish(Process process) {
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void watch(Runnable changed, Runnable gone) {
        Thread.ofPlatform().daemon().name("voice-devices").start(() -> {
            try {
                Process process = start(List.of("pactl", "subscribe"));
                watcher = process;
                if (closed) process.destroy();
                try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine())
                        if (matters(line)) changed.run();
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("the sound server's events ended", e);
            }
            if (!closed) gone.run();
        });
    }

    /// Streams count when they begin: they start on the default device. Volume changes do not.
    private static boolean matters(String line) {
        boolean device = line.contains(" on source #") || line.contains(" on sink #") || line.contains(" on server");
        boolean stream = line.contains(" on sink-input #") || line.contains(" on source-output #");
        return (device && !line.contains("'change' on s") || line.contains("'change' on server"))
                || (stream && line.contains("'new'"));
    }

    @Override
    public void close() {
        closed = true;
        Process process = watcher;
        if (process != null) process.destroy();
    }

    // ---- programs

    private static final class ProgramMissing extends IOException {
        private static final long serialVersionUID = 1;

        ProgramMissing(IOException cause) {
            super(cause);
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ProgramMissing(e);
        }
    }

    private static List<String> ask(String... command) throws IOException {
        Process process = start(Arrays.asList(command));
        // `pactl` waits for ever for a server that hangs.
        Thread limit = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(2, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException _) {
                // It answered.
            }
        });
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> answer = lines.lines().toList();
            if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + " failed");
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            limit.interrupt();
        }
    }

    private static String line(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }
}
