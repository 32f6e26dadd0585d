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
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// 500 clients, 1,000 deliveries a second, 25 more clients that never read; ours and socket.io in alternation.
///
/// The clock starts when the server stamps the event: ours at the begin of the transaction (so that the commit counts
/// too), socket.io in the line before `emit`. It ends when a client has read the frame.
public final class Fanout {
    private static final int CLIENTS = 500;
    private static final int DEAF = CLIENTS / 20;
    private static final int EVENTS_PER_SECOND = 2;
    private static final int EVENTS_PER_ROUND = 12 * EVENTS_PER_SECOND;
    /// Enough for both just-in-time compilers to be done.
    private static final int WARM_UP_EVENTS = 600;
    private static final int WARM_UP_PER_SECOND = 40;
    /// More than the 1,024 frames that may wait for a client, and what the kernel holds.
    private static final int FLOOD_EVENTS = 2_000;
    private static final int FLOOD_PER_SECOND = 60;
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
            Round oursWarm = round(ours, oursCrowd, WARM_UP_EVENTS, WARM_UP_PER_SECOND);
            Round peerWarm = round(peer, peerCrowd, WARM_UP_EVENTS, WARM_UP_PER_SECOND);
            List<Round> oursRounds = new ArrayList<>();
            List<Round> peerRounds = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                oursRounds.add(roundBesideDeaf(ours, oursCrowd));
                peerRounds.add(roundBesideDeaf(peer, peerCrowd));
            }
            say(
                    "%d clients, %d deliveries/s, %d rounds of %d events each, %d clients that never read%n",
                    CLIENTS, CLIENTS * EVENTS_PER_SECOND, rounds, EVENTS_PER_ROUND, DEAF);
            say("%-10s %22s %22s %8s %10s %12s%n", "", "p50 ms", "p99 ms", "missing", "hung up", "idle RSS MB");
            Summary oursSum = table(ours, oursRounds, oursCrowd.lost(), oursIdle);
            Summary peerSum = table(peer, peerRounds, peerCrowd.lost(), peerIdle);
            say("warm-up p99: %.1f and %.1f ms%n", oursWarm.p99(), peerWarm.p99());
            double ratio = oursSum.p99() / peerSum.p99();
            say(
                    "p99 ratio %.2f (goal %.2f); p99 %.1f ms (goal %.0f); missing %d (goal 0); idle %d MB (goal %d)%n",
                    ratio, GOAL_RATIO, oursSum.p99(), GOAL_P99_MILLIS, oursSum.missing(), oursIdle, GOAL_RESIDENT);
            boolean deafCut = flood(ours, oursCrowd);
            return deafCut
                    && ratio <= GOAL_RATIO
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

    private static Round roundBesideDeaf(Contender contender, Crowd crowd) throws IOException, InterruptedException {
        try (DeafCrowd deaf = new DeafCrowd(contender.url(), contender.dialect(), CLIENTS, DEAF)) {
            // What joining costs is over when the round begins.
            Thread.sleep(1_000);
            return round(contender, crowd, EVENTS_PER_ROUND, EVENTS_PER_SECOND, deaf);
        }
    }

    /// Enough events that those who do not read must be cut off.
    ///
    /// @return whether they were, and the others got everything
    private static boolean flood(Contender contender, Crowd crowd) throws IOException, InterruptedException {
        try (DeafCrowd deaf = new DeafCrowd(contender.url(), contender.dialect(), CLIENTS, DEAF)) {
            Round flood = round(contender, crowd, FLOOD_EVENTS, FLOOD_PER_SECOND, deaf);
            Map<DeafCrowd.Ending, Long> endings =
                    deaf.endings().stream().collect(Collectors.groupingBy(ending -> ending, Collectors.counting()));
            say(
                    "%s, flood of %d events: of %d clients that never read %s; the others miss %d, p99 %.1f ms%n",
                    contender.name(), FLOOD_EVENTS, DEAF, endings, flood.missing(), flood.p99());
            return flood.missing() == 0 && endings.getOrDefault(DeafCrowd.Ending.SERVED, 0L) == 0;
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

    /// Orders events and waits until every client has every one. They are due at a steady pace, give or take a quarter
    /// of it: neither server's own clock shall always or never meet them.
    private static Round round(Contender contender, Crowd crowd, int events, int perSecond, DeafCrowd... deaf)
            throws IOException, InterruptedException {
        long before = crowd.received();
        long pace = 1_000_000_000L / perSecond;
        Random spread = new Random(events);
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            long due = begin + i * pace + spread.nextLong(pace / 2);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            contender.order(i);
            if (i % (2 * perSecond) == 0) {
                List.of(deaf).forEach(DeafCrowd::sayAlive);
            }
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

    private static Summary table(Contender contender, List<Round> rounds, int hungUp, long idle) {
        List<Double> p50 = rounds.stream().map(Round::p50).sorted().toList();
        List<Double> p99 = rounds.stream().map(Round::p99).sorted().toList();
        long missing = rounds.stream().mapToLong(Round::missing).sum();
        say("%-10s %22s %22s %8d %10d %12d%n", contender.name(), range(p50), range(p99), missing, hungUp, idle);
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
