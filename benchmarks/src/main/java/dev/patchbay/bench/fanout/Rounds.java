package dev.patchbay.bench.fanout;

import dev.patchbay.bench.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// One server with its clients, and what its rounds gave.
///
/// The clock starts when the server has made the event: ours right after the commit, on the committing thread and
/// before the hub hears of it; socket.io in the line before `emit`. It ends when a client has read the frame.
final class Rounds {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Contender contender;
    private final Crowd crowd;
    private final List<Round> rounds = new ArrayList<>();
    private int next;

    /// What one round gave; times in milliseconds.
    ///
    /// @param fromDue the 99th percentile from when an event was to be made
    /// @param missing deliveries that did not come
    /// @param serverMicros the server's processor time for each delivery, all it did counted
    /// @param clientMicros the same of the clients
    record Round(
            double p50,
            double p99,
            double max,
            double fromDue,
            long missing,
            double serverMicros,
            double clientMicros) {}

    Rounds(Contender contender, int clients) throws IOException, InterruptedException {
        this.contender = contender;
        crowd = new Crowd(contender.url(), contender.dialect());
        crowd.join(0, clients);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (crowd.welcomed() < clients) {
            if (System.nanoTime() > end) {
                throw new IOException(contender.name() + " welcomed only " + crowd.welcomed());
            }
            Thread.sleep(20);
        }
    }

    Contender contender() {
        return contender;
    }

    List<Round> all() {
        return rounds;
    }

    /// Clients that the server closed.
    int lost() {
        return crowd.lost();
    }

    void keep(Round round) {
        rounds.add(round);
    }

    /// Orders events by HTTP. They are due at a steady pace, give or take a quarter of it: neither server's own clock
    /// shall always or never meet them.
    Round ordered(int events, int perSecond, DeafCrowd deaf) throws IOException, InterruptedException {
        return measured(events, () -> {
            long pace = 1_000_000_000L / perSecond;
            Random spread = new Random(next);
            long begin = System.nanoTime();
            for (int i = 0; i < events; i++) {
                long due = begin + i * pace + spread.nextLong(pace / 2);
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                contender.order(next + i);
                if (i % (2 * perSecond) == 0) {
                    deaf.sayAlive();
                }
            }
        });
    }

    /// Has the server make events by itself.
    ///
    /// @param sip bytes that each of the slow reads in a second
    Round paced(int events, int perSecond, DeafCrowd slow, int sip) throws IOException, InterruptedException {
        return measured(events, () -> {
            contender.go(next, events, perSecond);
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos() * events / perSecond;
            while (System.nanoTime() < end) {
                Thread.sleep(Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, 1_000_000_000L)));
                slow.sayAlive();
                if (sip > 0) {
                    slow.sip(sip);
                }
            }
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Round measured(int events, Work work) throws IOException, InterruptedException {
        long before = crowd.received();
        long server = contender.processorMillis();
        long clients = Contender.processorMillis(ProcessHandle.current().pid());
        work.run();
        int first = next;
        next += events;
        long expected = (long) events * crowd.welcomed();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (crowd.received() - before < expected && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        double serverMicros = (contender.processorMillis() - server) * 1e3 / expected;
        double clientMicros = (Contender.processorMillis(ProcessHandle.current().pid()) - clients) * 1e3 / expected;
        Map<Integer, Contender.Made> made = contender.told();
        Crowd.Arrivals arrivals = crowd.takeArrivals();
        Histogram latencies = new Histogram(3);
        Histogram fromDue = new Histogram(3);
        long came = 0;
        for (int i = 0; i < arrivals.count(); i++) {
            if (arrivals.number(i) < first) {
                // Given up in the round before, where it counts as missing.
                continue;
            }
            came++;
            Contender.Made event = made.get(arrivals.number(i));
            if (event == null) {
                throw new IOException("an event that was never made: " + arrivals.number(i));
            }
            latencies.recordValue(Math.max(0, (arrivals.time(i) - event.made()) / 1_000));
            fromDue.recordValue(Math.max(0, (arrivals.time(i) - event.due()) / 1_000));
        }
        return new Round(
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                fromDue.getValueAtPercentile(99) / 1e3,
                expected - came,
                serverMicros,
                clientMicros);
    }

    private Figures figures(ToDoubleFunction<Round> figure) {
        return new Figures(rounds.stream().map(figure::applyAsDouble).toList());
    }

    double p99() {
        return figures(Round::p99).median();
    }

    long missing() {
        return rounds.stream().mapToLong(Round::missing).sum();
    }

    static void head() {
        say(
                "%-10s %20s %22s %22s %22s %8s %7s %18s %18s%n",
                "",
                "p50 ms",
                "p99 ms",
                "max ms",
                "p99 from due ms",
                "missing",
                "hung up",
                "server us each",
                "clients us each");
    }

    void print() {
        say(
                "%-10s %20s %22s %22s %22s %8d %7d %18s %18s%n",
                contender.name(),
                figures(Round::p50).range(),
                figures(Round::p99).range(),
                figures(Round::max).range(),
                figures(Round::fromDue).range(),
                missing(),
                lost(),
                figures(Round::serverMicros).range(),
                figures(Round::clientMicros).range());
    }

    /// The mean length of an event's text.
    long frameBytes() {
        return crowd.bytes() / Math.max(1, crowd.received());
    }

    void leave() throws IOException {
        crowd.close();
    }

    static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
