package dev.patchbay.bench.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.bench.Programs;
import dev.patchbay.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The companion server as `./patchbay server --demo` runs it, without its limits for strangers.
public final class ServerProcess implements AutoCloseable {
    static final String PASSWORD = "PATCHBAY_DEMO_PASSWORD";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String password = UUID.randomUUID().toString();
    private final Process process;
    private final URI url;
    private final String token;

    public ServerProcess(Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Programs.java(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Programs.classPath(),
                        "dev.patchbay.server.Main",
                        "server",
                        "--port",
                        "0",
                        "--demo",
                        "--data",
                        folder.toString())
                .redirectError(folder.resolveSibling("server.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        PASSWORD,
                        password,
                        "RATE_LIMIT_MAX_REQUESTS",
                        "1000000",
                        "RATE_LIMIT_VISITOR_CALLS",
                        "100000",
                        "RATE_LIMIT_USER_PER_SECOND",
                        "100000",
                        "JWT_EXPIRES_IN",
                        "2h"));
        process = Programs.start(builder);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        url = URI.create(out.lines()
                .filter(line -> line.startsWith("ready "))
                .findFirst()
                .orElseThrow(() -> new IOException("the server ended before it was ready"))
                .substring(6)
                .strip());
        token = request("POST", "/auth/login", "", Map.of("email", "admin@demo.test", "password", password))
                .path("accessToken")
                .asText();
    }

    public URI url() {
        return url;
    }

    /// Of every demo user.
    public String password() {
        return password;
    }

    /// The administrator's access token.
    public String token() {
        return token;
    }

    public long pid() {
        return process.pid();
    }

    /// Asks as the administrator.
    public JsonNode get(String path) throws IOException, InterruptedException {
        return request("GET", path, token, null);
    }

    /// Sends as the administrator.
    public JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return request("POST", path, token, body);
    }

    private JsonNode request(String method, String path, String token, @org.jspecify.annotations.Nullable Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() > 299) {
            throw new IOException(path + " answered " + reply.statusCode() + ": " + reply.body());
        }
        return Json.read(reply.body(), JsonNode.class);
    }

    @Override
    public void close() throws InterruptedException {
        http.shutdownNow();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            Programs.end(process);
        }
    }
}
