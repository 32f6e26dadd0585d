package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// 500 clients, 1,000 deliveries a second, 25 more clients that never read; ours and socket.io in alternation.
public final class Fanout {
    private static final int CLIENTS = 500;
    private static final int DEAF = CLIENTS / 20;
    private static final int EVENTS_PER_SECOND = 2;
    private static final Duration ROUND = Duration.ofSeconds(12);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final double GOAL_P99_MILLIS = 50;
    private static final double GOAL_RATIO = 0.5;
    private static final long GOAL_RESIDENT = 250;

    private Fanout() {}

    /// What one round of one contender gave.
    private record Round(double p50, double p99, long missing) {}

    /// @param arguments the number of rounds; 5 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        Path home = Path.of(System.getProperty("patchbay.home", "."));
        Path data = Files.createTempDirectory("patchbay-bench");
        Pinning.pinClients();
        try (Ours ours = new Ours(data, CLIENTS + DEAF);
                SocketIo peer = new SocketIo(home.resolve("benchmarks/peers/socketio"));
                Crowd oursCrowd = crowd(ours);
                Crowd peerCrowd = crowd(peer)) {
            Thread.sleep(5_000);
            long oursIdle = ours.residentMegabytes();
            long peerIdle = peer.residentMegabytes();
            oursCrowd.joinDeaf(CLIENTS, DEAF);
            peerCrowd.joinDeaf(CLIENTS, DEAF);
            Round oursWarm = round(ours, oursCrowd, WARM_UP);
            Round peerWarm = round(peer, peerCrowd, WARM_UP);
            List<Round> oursRounds = new ArrayList<>();
            List<Round> peerRounds = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                oursRounds.add(round(ours, oursCrowd, ROUND));
                peerRounds.add(round(peer, peerCrowd, ROUND));
            }
            say(
                    "%d clients, %d deliveries/s, %d rounds of %d s each, %d clients that never read%n",
                    CLIENTS, CLIENTS * EVENTS_PER_SECOND, rounds, ROUND.toSeconds(), DEAF);
            say("%-10s %22s %22s %8s %10s %12s%n", "", "p50 ms", "p99 ms", "missing", "cut off", "idle RSS MB");
            Summary oursSum = table(ours, oursRounds, oursCrowd.lost(), oursIdle);
            Summary peerSum = table(peer, peerRounds, peerCrowd.lost(), peerIdle);
            say("warm-up p99: %.1f and %.1f ms%n", oursWarm.p99(), peerWarm.p99());
            double ratio = oursSum.p99() / peerSum.p99();
            say(
                    "p99 ratio %.2f (goal %.2f); p99 %.1f ms (goal %.0f); missing %d (goal 0); idle %d MB (goal %d)%n",
                    ratio, GOAL_RATIO, oursSum.p99(), GOAL_P99_MILLIS, oursSum.missing(), oursIdle, GOAL_RESIDENT);
            return ratio <= GOAL_RATIO
                    && oursSum.p99() <= GOAL_P99_MILLIS
                    && oursSum.missing() == 0
                    && oursIdle <= GOAL_RESIDENT;
        } finally {
            try (var files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Crowd crowd(Contender contender) throws IOException, InterruptedException {
        Crowd crowd = new Crowd(contender.url(), contender.dialect());
        crowd.join(0, CLIENTS);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (crowd.welcomed() < CLIENTS) {
            if (System.nanoTime() > end) {
                throw new IOException(contender.name() + " welcomed only " + crowd.welcomed());
            }
            Thread.sleep(20);
        }
        return crowd;
    }

    /// Orders events at a steady pace and waits until every client has every one.
    private static Round round(Contender contender, Crowd crowd, Duration length)
            throws IOException, InterruptedException {
        long before = crowd.received();
        int events = (int) (length.toSeconds() * EVENTS_PER_SECOND);
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            long due = begin + i * 1_000_000_000L / EVENTS_PER_SECOND;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            contender.order("stamp-" + System.nanoTime());
        }
        long expected = (long) events * CLIENTS;
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (crowd.received() - before < expected && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        Histogram latencies = crowd.takeLatencies();
        return new Round(
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                expected - (crowd.received() - before));
    }

    private record Summary(double p99, long missing) {}

    private static Summary table(Contender contender, List<Round> rounds, int cut, long idle) {
        List<Double> p50 = rounds.stream().map(Round::p50).sorted().toList();
        List<Double> p99 = rounds.stream().map(Round::p99).sorted().toList();
        long missing = rounds.stream().mapToLong(Round::missing).sum();
        say("%-10s %22s %22s %8d %10d %12d%n", contender.name(), range(p50), range(p99), missing, cut, idle);
        return new Summary(median(p99), missing);
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static String range(List<Double> sorted) {
        return String.format(
                Locale.ROOT, "%.1f (%.1f–%.1f)", median(sorted), Collections.min(sorted), Collections.max(sorted));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
