package dev.patchbay.desktop.voice;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PulseAudio server of the test's own, with two loudspeakers and a microphone that is fed by what is played on the
/// sink `feed`. Touches nothing of the user's.
public final class PrivateSoundServer implements AutoCloseable {
    private final Path folder;
    private Process server;

    public PrivateSoundServer(Path folder) throws IOException {
        boolean there = Stream.of("pulseaudio", "pactl", "pacat")
                .allMatch(program -> Files.isExecutable(Path.of("/usr/bin", program)));
        assumeTrue(there, "skipped: install pulseaudio and pulseaudio-utils to test with sound devices");
        this.folder = Files.createDirectory(
                folder.resolve("pulse"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        server = started();
    }

    private Process started() throws IOException {
        Process process = process(
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--disable-shm=yes",
                "-L",
                "module-native-protocol-unix auth-anonymous=1 socket=" + socket(),
                "-L",
                "module-null-sink sink_name=desk sink_properties=device.description=Desk",
                "-L",
                "module-null-sink sink_name=headset sink_properties=device.description=Headset",
                "-L",
                "module-null-sink sink_name=feed sink_properties=device.description=Feed",
                "-L",
                "module-remap-source master=feed.monitor source_name=mic source_properties=device.description=Mic");
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < limit && process.isAlive()) {
            Process asked = process("pactl", "info");
            try {
                if (asked.waitFor(2, TimeUnit.SECONDS) && asked.exitValue() == 0) {
                    finish("pactl", "set-default-sink", "desk");
                    finish("pactl", "set-default-source", "mic");
                    return process;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        process.destroyForcibly();
        throw new IOException("pulseaudio does not start; see " + folder.resolve("words.log"));
    }

    private Path socket() {
        return folder.resolve("native");
    }

    public Map<String, String> environment() {
        return Map.of(
                "PULSE_SERVER",
                "unix:" + socket(),
                "XDG_RUNTIME_DIR",
                folder.toString(),
                "HOME",
                folder.toString(),
                "LC_ALL",
                "C");
    }

    public Process process(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
        builder.environment().putAll(environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("words.log").toFile()));
        return builder.start();
    }

    public void finish(String... command) throws IOException {
        try {
            if (!process(command).waitFor(30, TimeUnit.SECONDS)) throw new IOException(command[0] + " hangs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Listens on a loudspeaker, until the process is destroyed. The reader's low latency also makes the null sink
    /// quick.
    public Process listen(String speaker, Path file) throws IOException {
        return process(
                "parec",
                "--device=" + speaker + ".monitor",
                "--latency-msec=10",
                "--rate=48000",
                "--channels=1",
                "--format=s16le",
                "--file-format=wav",
                file.toString());
    }

    /// Speaks a WAV file into the microphone, to its end.
    public void speak(Path file) throws IOException {
        finish("paplay", "--device=feed", file.toString());
    }

    public void stop() {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) server.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() throws IOException {
        server = started();
    }

    @Override
    public void close() {
        stop();
    }
}
