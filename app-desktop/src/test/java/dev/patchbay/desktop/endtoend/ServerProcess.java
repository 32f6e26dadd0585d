package dev.patchbay.desktop.endtoend;

import dev.patchbay.model.Tokens;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.visitor.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The companion server with its demo company, as a process.
final class ServerProcess implements AutoCloseable {
    static final String PASSWORD = "a demo that is watched";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String READY = "ready ";

    private final Path data;
    private final Path log;
    private Process process;
    private URI url;

    ServerProcess(Path folder) throws IOException {
        data = folder.resolve("server");
        log = folder.resolve("server.log");
        process = started("0", "--demo");
        url = ready();
    }

    private Process started(String port, String... more) throws IOException {
        Files.deleteIfExists(log);
        List<String> arguments = new ArrayList<>(List.of("server", "--port", port, "--data", data.toString()));
        arguments.addAll(List.of(more));
        return JavaProgram.start(
                log,
                Map.of(
                        "PATCHBAY_DEMO_PASSWORD",
                        PASSWORD,
                        "RATE_LIMIT_MAX_REQUESTS",
                        "100000",
                        "RATE_LIMIT_VISITOR_CALLS",
                        "1000"),
                "dev.patchbay.server.Main",
                arguments);
    }

    private URI ready() {
        Until.happens("the server is ready; see " + log, PATIENCE, () -> said().isPresent() || !process.isAlive());
        return said().orElseThrow(() -> new AssertionError("the server ended: " + words()));
    }

    private Optional<URI> said() {
        return words().lines()
                .filter(line -> line.startsWith(READY))
                .map(line -> URI.create(line.substring(READY.length()).strip().replaceAll("/$", "")))
                .findFirst();
    }

    String words() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without a slash at the end.
    URI url() {
        return url;
    }

    /// Asks as one of the demo company's people.
    TestHttp signIn(String email) {
        return TestHttp.at(url, token(email));
    }

    String token(String email) {
        return TestHttp.at(url, null)
                .post("/auth/login", Map.of("email", email, "password", PASSWORD))
                .as(Tokens.class)
                .accessToken();
    }

    void kill() {
        JavaProgram.kill(process);
    }

    /// With the same port and data.
    void startAgain() throws IOException {
        process = started(String.valueOf(url.getPort()));
        url = ready();
    }

    @Override
    public void close() {
        kill();
    }
}
