package dev.patchbay.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server in a process of its own, as an administrator starts it, so that it can be killed.
public final class NodeProcess implements AutoCloseable {
    private final @Nullable TestDatabase database;
    private final Path folder;
    private Process process;
    private URI url;

    /// Starts it at a free port; returns when it is ready.
    ///
    /// @param database null for H2 in the folder
    public NodeProcess(@Nullable TestDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
        start(0);
    }

    private void start(int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server",
                "--port",
                String.valueOf(port),
                "--data",
                folder.toString()));
        if (database != null) {
            command.addAll(List.of("--database-url", database.url()));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "DB_USER", "postgres",
                        "RATE_LIMIT_MAX_REQUESTS", "1000000",
                        "RATE_LIMIT_USER_PER_SECOND", "1000000",
                        "DRAIN_TIME", "1s"));
        // Its log is in the folder.
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            process = builder.start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("ready ")) {
                    url = URI.create(line.substring("ready ".length()).strip());
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the server ended before it was ready; its log is in " + folder);
    }

    public URI url() {
        return url;
    }

    /// `kill -9`; returns when it is gone.
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// `kill -TERM`; returns when it has stopped in its own way.
    public void stop() {
        process.destroy();
        await();
    }

    /// Starts it again at the same port.
    public void startAgain() {
        start(url.getPort());
    }

    /// The process stands still, as on a machine that sleeps.
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String which) {
        try {
            new ProcessBuilder(List.of("kill", which, String.valueOf(process.pid())))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
