package dev.patchbay.bench.fanout;

import dev.patchbay.bench.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The companion server as it is installed: REST, H2 in a file, sign-in, with the memory `./patchbay server` gives it.
final class Ours extends Contender {
    /// A user may have five sockets.
    private static final int SOCKETS_EACH = 5;

    private final URI url;

    /// @param jvm options of the server's JVM
    Ours(Path folder, int clients, List<String> jvm) throws IOException {
        super(
                folder,
                Map.of(
                        "PATCHBAY_DEMO_PASSWORD",
                        UUID.randomUUID().toString(),
                        "RATE_LIMIT_MAX_REQUESTS",
                        "1000000",
                        "JWT_EXPIRES_IN",
                        "2h"),
                command(folder, clients / SOCKETS_EACH + 1, jvm));
        url = awaitReady();
    }

    private static List<String> command(Path folder, int users, List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvm);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Programs.classPath(),
                "dev.patchbay.server.BenchedServer",
                folder.toString(),
                String.valueOf(users)));
        return command;
    }

    private URI api(String path) {
        return URI.create(url + "/api/v1" + path);
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
        return request -> request.uri(api("/leads")).header("Authorization", "Bearer " + tokens().getFirst());
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
                return "{\"type\":\"hello\",\"token\":\"" + tokens().get(1 + client / SOCKETS_EACH)
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
