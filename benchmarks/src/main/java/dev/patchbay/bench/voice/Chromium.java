package dev.patchbay.bench.voice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.bench.Programs;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Two connections in one page of a fresh Chromium without a window.
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required");

    private Chromium() {}

    static boolean there() {
        return Files.isExecutable(PROGRAM);
    }

    static Loop loop(int tones, int calls) throws IOException, InterruptedException {
        BlockingQueue<String> results = new LinkedBlockingQueue<>();
        HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange, results);
            }
        });
        pages.start();
        Path profile = Files.createTempDirectory("patchbay-bench-chromium");
        String url =
                "http://127.0.0.1:" + pages.getAddress().getPort() + "/loop.html?rounds=" + tones + "&calls=" + calls;
        Process browser = new ProcessBuilder(
                        Stream.of(List.of(PROGRAM.toString()), FLAGS, List.of("--user-data-dir=" + profile, url))
                                .flatMap(List::stream)
                                .toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String result = results.poll(30 + tones * 3L + calls, TimeUnit.SECONDS);
            if (result == null) {
                throw new IOException("Chromium gave no figures");
            }
            return Json.read(result, Loop.class);
        } finally {
            Programs.end(browser);
            pages.stop(0);
            delete(profile);
        }
    }

    private static void serve(HttpExchange exchange, BlockingQueue<String> results) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/result")) {
            results.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        try (InputStream page = Chromium.class.getResourceAsStream("/peers/chromium" + path)) {
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .add("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            page.transferTo(exchange.getResponseBody());
        }
    }

    /// As far as it goes: a dying browser may still write.
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
