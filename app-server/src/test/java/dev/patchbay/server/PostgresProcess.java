package dev.patchbay.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL of a test's own, at a fixed port, which bad things happen to.
public final class PostgresProcess implements AutoCloseable {
    private final Path programs = TestPostgres.programs();
    private final Path folder;
    private final int port;

    /// Makes and starts one in an empty folder.
    public PostgresProcess(Path folder) {
        this.folder = folder.resolve("pg");
        this.port = freePort();
        run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF-8", "--no-sync", "-D", this.folder.toString());
        write("""
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                fsync = off
                shared_buffers = 32MB
                max_connections = 200
                """.formatted(port));
        start();
    }

    private void write(String settings) {
        try {
            Files.writeString(folder.resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestDatabase database() {
        return new TestDatabase(
                TestDatabase.Kind.POSTGRESQL, "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }

    /// Returns when it takes connections.
    public void start() {
        run(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-D",
                folder.toString(),
                "-l",
                folder.resolve("log").toString());
    }

    /// As a loss of power: nothing is finished, connections are cut. Returns when it is down.
    public void stopImmediately() {
        run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", folder.toString());
    }

    /// Stops the processes in mid-word: connections stay and nobody answers.
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String which) {
        long postmaster;
        try {
            postmaster = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", which));
        Stream.concat(Stream.of(handle), handle.descendants()).forEach(one -> command.add(String.valueOf(one.pid())));
        exec(command);
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a user name space of its own it does not see that it does.
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        exec(command);
    }

    private static void exec(List<String> command) {
        try {
            // Not a pipe: the server inherits it, and reading to its end would never end.
            Path output = Files.createTempFile("patchbay-pg", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            // kill: a backend may have ended by itself meanwhile.
            if (!ended || process.exitValue() != 0 && !command.getFirst().equals("kill")) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopImmediately();
    }
}
