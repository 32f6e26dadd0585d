package dev.patchbay.bench.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.bench.Figures;
import dev.patchbay.model.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// B3: a lead is moved by REST at one node; how long until a console at the other has read it. The clock starts at the
/// millisecond in the event (the begin of the transaction, so that the commit counts) and ends when the frame is read.
public final class CommitToClient {
    private static final int LEADS = 200;

    private CommitToClient() {}

    /// @param arguments seconds at each rate (20)
    public static boolean run(String... arguments) throws Exception {
        int seconds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        boolean reached;
        try (Pair pair = new Pair()) {
            List<String> leads = new ArrayList<>();
            for (int i = 0; i < LEADS; i++) {
                leads.add(pair.ask(
                                0,
                                "POST",
                                "/leads",
                                pair.adminToken(),
                                Map.of("name", "Lead " + i, "phone", "+14155552671"))
                        .path("id")
                        .asText());
            }
            Console console = new Console(pair);
            move(pair, leads, console, 50, 10);
            System.out.println("| changes a second | received | p50 ms | p99 ms |");
            System.out.println("|---|---|---|---|");
            Figures hundred = null;
            for (int rate : List.of(1, 100, 500)) {
                Figures figures = move(pair, leads, console, rate, rate == 1 ? Math.min(seconds, 20) : seconds);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %.1f | %.1f |%n",
                        rate,
                        figures.sorted().size(),
                        figures.at(50),
                        figures.at(99));
                hundred = rate == 100 ? figures : hundred;
            }
            reached = hundred != null && hundred.at(50) <= 10 && hundred.at(99) <= 50;
            System.out.println("goal at 100/s, p50 10 ms and p99 50 ms: " + (reached ? "reached" : "not reached"));
            reached &= Notification.run(pair, seconds);
        }
        return reached;
    }

    private static Figures move(Pair pair, List<String> leads, Console console, int rate, int seconds)
            throws InterruptedException {
        console.took.clear();
        int count = rate * seconds;
        AtomicInteger failed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(begin + i * 1_000_000_000L / rate - System.nanoTime());
                String lead = leads.get(i % LEADS);
                String stage = (i / LEADS) % 2 == 0 ? "contacted" : "qualified";
                threads.submit(() -> {
                    try {
                        HttpResponse<Void> reply = pair.http()
                                .send(
                                        pair.request(
                                                0,
                                                "POST",
                                                "/leads/" + lead + "/stage",
                                                pair.adminToken(),
                                                Map.of("stage", stage + console.turn)),
                                        HttpResponse.BodyHandlers.discarding());
                        if (reply.statusCode() != 200) {
                            failed.incrementAndGet();
                        }
                    } catch (java.io.IOException | InterruptedException e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        console.turn++;
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (console.took.size() < count - failed.get() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        if (failed.get() > 0 || console.took.size() != count) {
            System.out.println(failed + " of " + count + " failed, " + console.took.size() + " received");
        }
        return new Figures(List.copyOf(console.took));
    }

    /// A console at the other node.
    private static final class Console implements WebSocket.Listener {
        final ConcurrentLinkedQueue<Double> took = new ConcurrentLinkedQueue<>();
        /// Makes the stages of a round new ones.
        volatile int turn;

        private final CountDownLatch welcomed = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();

        Console(Pair pair) throws InterruptedException {
            URI live = URI.create(pair.node(1).toString().replaceFirst("^http", "ws") + "/live");
            WebSocket socket =
                    pair.http().newWebSocketBuilder().buildAsync(live, this).join();
            socket.sendText(Json.write(Map.of("type", "hello", "token", pair.adminToken())), true)
                    .join();
            welcomed.await();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                Instant now = Instant.now();
                JsonNode frame = Json.read(text.toString(), JsonNode.class);
                text.setLength(0);
                switch (frame.path("type").asText()) {
                    case "welcome" -> welcomed.countDown();
                    case "lead.stageChanged" ->
                        took.add(Duration.between(Instant.parse(frame.path("at").asText()), now)
                                        .toNanos()
                                / 1e6);
                    default -> {}
                }
            }
            socket.request(1);
            return null;
        }
    }
}
