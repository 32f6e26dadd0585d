package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// socket.io 4.8 on Node, spoken to in Engine.IO 4 framing over WebSocket. It keeps nothing and signs nobody in.
final class SocketIo extends Contender {
    private final URI url;

    /// @param folder where its `package.json` and `server.js` are
    SocketIo(Path folder) throws IOException, InterruptedException {
        super(installed(folder), Map.of(), List.of("node", "server.js"));
        url = awaitReady();
    }

    private static Path installed(Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            int code = new ProcessBuilder("npm", "ci")
                    .directory(folder.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("npm ci failed in " + folder);
            }
        }
        return folder;
    }

    @Override
    String name() {
        return "socket.io";
    }

    @Override
    URI url() {
        return url;
    }

    @Override
    UnaryOperator<HttpRequest.Builder> order() {
        return request -> request.uri(url.resolve("/order"));
    }

    @Override
    Crowd.Dialect dialect() {
        return new Crowd.Dialect() {
            @Override
            public String path() {
                return "/socket.io/?EIO=4&transport=websocket";
            }

            @Override
            public String greeting(int client) {
                return "";
            }

            /// Engine.IO packet 0 opens (the client joins the namespace with 40), 2 pings (answered by 3).
            @Override
            public String answer(int client, String frame) {
                return frame.startsWith("0") ? "40" : frame.equals("2") ? "3" : "";
            }

            @Override
            public boolean isWelcome(String frame) {
                return frame.startsWith("40");
            }

            @Override
            public String alive() {
                return "3";
            }
        };
    }
}
