package dev.patchbay.bench.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A server in a process of its own, on the first processor when there are two. It is spoken to on its standard input
/// and output as `dev.patchbay.server.BenchedServer` tells.
abstract class Contender implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// A tick of the kernel's processor times is a hundredth of a second on every Linux that Java runs on.
    private static final long TICK_MILLIS = 10;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final List<String> tokens = new ArrayList<>();

    /// When the server had made an event, in nanoseconds of the machine's monotonic clock.
    record Made(long due, long made) {}

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
        input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /// Waits for the line that tells where the server serves.
    final URI awaitReady() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                return URI.create(line.substring(6).strip());
            }
            if (line.startsWith("token ")) {
                tokens.add(line.substring(6));
            }
        }
        throw new IOException("the server ended before it was ready");
    }

    abstract String name();

    abstract URI url();

    abstract Crowd.Dialect dialect();

    /// The path and headers of the request that makes an event.
    abstract UnaryOperator<HttpRequest.Builder> order();

    /// Has one event made, in which clients find the mark and the number.
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

    /// The sign-ins that the server told of before it was ready.
    final List<String> tokens() {
        return tokens;
    }

    /// Has the server make events by itself, at a pace; returns at once.
    final void go(int first, int count, int perSecond) throws IOException {
        say("go " + first + " " + count + " " + perSecond);
    }

    /// Every event that was made since the last call, by number.
    final Map<Integer, Made> told() throws IOException {
        say("told");
        Map<Integer, Made> told = new HashMap<>();
        for (String line = output.readLine(); line != null && !line.equals("told"); line = output.readLine()) {
            if (line.startsWith("made ")) {
                String[] words = line.split(" ");
                told.put(Integer.valueOf(words[1]), new Made(Long.parseLong(words[2]), Long.parseLong(words[3])));
            }
        }
        return told;
    }

    private void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /// Processor time that the server has used, in the kernel and outside; 0 where the system does not tell.
    final long processorMillis() throws IOException {
        return processorMillis(process.pid());
    }

    static long processorMillis(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        String line = Files.readString(stat);
        // Fields 14 and 15 (proc(5)), counted from behind the name, which may hold blanks.
        String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * TICK_MILLIS;
    }

    /// Resident memory in MB, as the kernel counts it; 0 where it does not tell.
    final double residentMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
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
