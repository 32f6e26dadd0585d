package dev.patchbay.bench.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A server in a process of its own, on the first processor when there are two.
abstract class Contender implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final BufferedReader output;

    Contender(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(command);
        if (Pinning.possible()) {
            words.addAll(0, List.of("taskset", "-c", "0"));
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        Files.createTempFile("bench-", ".log").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        // Also when the benchmark is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Waits for the line that tells where the server serves.
    final URI awaitReady() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                return URI.create(line.substring(6).strip());
            }
        }
        throw new IOException("the server ended before it was ready");
    }

    abstract String name();

    abstract URI url();

    abstract Crowd.Dialect dialect();

    /// The path and headers of the request that makes an event.
    abstract UnaryOperator<HttpRequest.Builder> order();

    /// Has one event made, in which clients find the mark and the time at which the server made it.
    final void order(int number) throws IOException, InterruptedException {
        String body = "{\"name\":\"" + Crowd.MARK + number
                + "\",\"phone\":\"+12025550100\",\"email\":\"ann@example.test\",\"source\":\"benchmark\",\"notes\":\""
                + "x".repeat(100) + "\"}";
        HttpRequest request = order().apply(HttpRequest.newBuilder(url()).header("Content-Type", "application/json"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 201) {
            throw new IOException(name() + " answered " + reply.statusCode() + ": " + reply.body());
        }
    }

    static String post(URI uri, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() > 299) {
            throw new IOException(uri + " answered " + reply.statusCode() + ": " + reply.body());
        }
        return reply.body();
    }

    /// Resident memory in MB, as the kernel counts it; 0 where it does not tell.
    final long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
