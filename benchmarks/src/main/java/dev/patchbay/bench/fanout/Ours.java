package dev.patchbay.bench.fanout;

import dev.patchbay.model.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The companion server as it is installed: REST, H2 in a file, sign-in, heap capped.
final class Ours extends Contender {
    private static final String HEAP = "-Xmx96m";
    /// A user may have five sockets.
    private static final int SOCKETS_EACH = 5;

    private final URI url;
    private final String admin;
    private final List<String> tokens = new ArrayList<>();

    Ours(Path folder, int clients) throws IOException, InterruptedException {
        this(folder, clients, UUID.randomUUID().toString());
    }

    private Ours(Path folder, int clients, String password) throws IOException, InterruptedException {
        super(
                folder,
                Map.of(
                        "PATCHBAY_DEMO_PASSWORD",
                        password,
                        "RATE_LIMIT_MAX_REQUESTS",
                        "1000000",
                        "JWT_EXPIRES_IN",
                        "2h"),
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        "dev.patchbay.server.Main",
                        "server",
                        "--port",
                        "0",
                        "--demo",
                        "--data",
                        folder.toString()));
        url = awaitReady();
        admin = login("admin@demo.test", password);
        for (int i = 0; i * SOCKETS_EACH < clients; i++) {
            String email = "bench" + i + "@demo.test";
            post(
                    api("/users"),
                    admin,
                    Json.write(Map.of(
                            "name",
                            "Bench " + i,
                            "email",
                            email,
                            "password",
                            password,
                            "roles",
                            List.of("Receptionist"))));
            tokens.add(login(email, password));
        }
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                        .map(part -> part.endsWith("*")
                                ? Path.of(part.substring(0, part.length() - 1)).toAbsolutePath() + "/*"
                                : Path.of(part).toAbsolutePath().toString())
                        .toList());
    }

    private URI api(String path) {
        return URI.create(url + "/api/v1" + path);
    }

    private String login(String email, String password) throws IOException, InterruptedException {
        String reply = post(api("/auth/login"), "", Json.write(Map.of("email", email, "password", password)));
        return Json.read(reply, com.fasterxml.jackson.databind.JsonNode.class)
                .path("accessToken")
                .asText();
    }

    @Override
    String name() {
        return "Patchbay";
    }

    @Override
    URI url() {
        return url;
    }

    @Override
    UnaryOperator<HttpRequest.Builder> order() {
        return request -> request.uri(api("/leads")).header("Authorization", "Bearer " + admin);
    }

    @Override
    Crowd.Dialect dialect() {
        return new Crowd.Dialect() {
            @Override
            public String path() {
                return "/live";
            }

            @Override
            public String greeting(int client) {
                return "{\"type\":\"hello\",\"token\":\"" + tokens.get(client / SOCKETS_EACH)
                        + "\",\"topics\":[\"leads\"]}";
            }

            @Override
            public String answer(int client, String frame) {
                return "";
            }

            @Override
            public boolean isWelcome(String frame) {
                return frame.contains("\"welcome\"");
            }

            @Override
            public String alive() {
                return "";
            }
        };
    }
}
