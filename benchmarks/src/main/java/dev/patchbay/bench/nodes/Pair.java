package dev.patchbay.bench.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.bench.Programs;
import dev.patchbay.model.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Two server processes on one PostgreSQL, as `./patchbay server` runs them, without their limits for strangers.
final class Pair implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String password = UUID.randomUUID().toString();
    private final EmbeddedPostgres postgres;
    private final List<Process> servers = new ArrayList<>();
    private final List<URI> urls = new ArrayList<>();
    private final String admin;

    Pair() throws IOException, InterruptedException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start();
        Path folder = Files.createTempDirectory("patchbay-bench");
        for (int i = 0; i < 2; i++) {
            start(folder.resolve("node" + i));
        }
        admin = ask(
                        0,
                        "POST",
                        "/auth/register",
                        "",
                        Map.of("company", "Bench", "name", "Ann", "email", "ann@bench.test", "password", password))
                .path("accessToken")
                .asText();
    }

    private void start(Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Programs.java(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Programs.classPath(),
                "dev.patchbay.server.Main",
                "server",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--database-url",
                url());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "DB_USER",
                        "postgres",
                        "RATE_LIMIT_MAX_REQUESTS",
                        "1000000",
                        "RATE_LIMIT_USER_PER_SECOND",
                        "100000",
                        "DRAIN_TIME",
                        "1ms",
                        "JWT_EXPIRES_IN",
                        "2h"));
        Process process = Programs.start(builder);
        servers.add(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        urls.add(URI.create(out.lines()
                .filter(line -> line.startsWith("ready "))
                .findFirst()
                .orElseThrow(() -> new IOException("a server ended before it was ready"))
                .substring(6)
                .strip()));
    }

    /// The database, as JDBC names it.
    String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    int port() {
        return postgres.getPort();
    }

    HttpClient http() {
        return http;
    }

    /// A node, 0 or 1.
    URI node(int which) {
        return urls.get(which);
    }

    String adminToken() {
        return admin;
    }

    /// A new agent's access token.
    String agent(int number) throws IOException, InterruptedException {
        String email = "agent" + number + "@bench.test";
        ask(
                0,
                "POST",
                "/users",
                admin,
                Map.of("name", "Agent", "email", email, "password", password, "roles", List.of("Agent")));
        return ask(number % 2, "POST", "/auth/login", "", Map.of("email", email, "password", password))
                .path("accessToken")
                .asText();
    }

    HttpRequest request(int node, String method, String path, String token, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(urls.get(node) + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
        return (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build();
    }

    JsonNode ask(int node, String method, String path, String token, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpResponse<String> reply =
                http.send(request(node, method, path, token, body), HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() > 299) {
            throw new IOException(path + " answered " + reply.statusCode() + ": " + reply.body());
        }
        return Json.read(reply.body(), JsonNode.class);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        http.shutdownNow();
        for (Process server : servers) {
            Programs.end(server);
        }
        postgres.close();
    }
}
