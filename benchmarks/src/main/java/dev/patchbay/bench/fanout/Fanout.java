package dev.patchbay.bench.fanout;

import static dev.patchbay.bench.fanout.Rounds.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/// 500 clients, ours and socket.io in alternation, of each 25 clients more that hardly read or not at all.
///
/// [#run] is the everyday load: 1,000 deliveries a second, ordered by REST. [#full] is what one processor can just do:
/// 100,000 deliveries a second, made inside the server.
public final class Fanout {
    private static final int CLIENTS = 500;
    private static final int DEAF = CLIENTS / 20;

    private Fanout() {}

    /// Both servers, in processes of their own.
    private record Pair(Path data, Ours ours, SocketIo peer) implements AutoCloseable {
        static Pair start() throws IOException, InterruptedException {
            Path home = Path.of(System.getProperty("patchbay.home", "."));
            Path data = Files.createTempDirectory("patchbay-bench");
            Pinning.pinClients();
            return new Pair(
                    data,
                    new Ours(data, CLIENTS + DEAF, ServerOptions.usual()),
                    new SocketIo(home.resolve("benchmarks/peers/socketio")));
        }

        @Override
        public void close() throws IOException {
            ours.close();
            peer.close();
            try (var files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// 1,000 deliveries a second.
    ///
    /// @param arguments the number of rounds; 5 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        int perSecond = 2;
        int events = 20;
        try (Pair pair = Pair.start()) {
            Rounds ours = new Rounds(pair.ours(), CLIENTS);
            Rounds peer = new Rounds(pair.peer(), CLIENTS);
            Thread.sleep(5_000);
            double oursIdle = pair.ours().residentMegabytes();
            double peerIdle = pair.peer().residentMegabytes();
            // Enough for both just-in-time compilers to be done.
            Rounds.Round oursWarm = warmUp(ours);
            Rounds.Round peerWarm = warmUp(peer);
            for (int i = 0; i < rounds; i++) {
                ours.keep(beside(ours, DEAF, deaf -> ours.ordered(events, perSecond, deaf)));
                peer.keep(beside(peer, DEAF, deaf -> peer.ordered(events, perSecond, deaf)));
            }
            say(
                    "%d clients, %d deliveries/s, %d rounds of %d events, %d clients that never read; %d and %d bytes an event%n",
                    CLIENTS, CLIENTS * perSecond, rounds, events, DEAF, ours.frameBytes(), peer.frameBytes());
            Rounds.head();
            ours.print();
            peer.print();
            say("warm-up p99: %.1f and %.1f ms%n", oursWarm.p99(), peerWarm.p99());
            double ratio = ours.p99() / peer.p99();
            say(
                    "p99 ratio %.2f (goal 0.50); p99 %.1f ms (goal 50); missing %d (goal 0)%n",
                    ratio, ours.p99(), ours.missing());
            say("idle with %d clients: %.0f MB (goal 250) and %.0f MB%n", CLIENTS, oursIdle, peerIdle);
            return flood(ours) && ratio <= 0.5 && ours.p99() <= 50 && ours.missing() == 0 && oursIdle <= 250;
        }
    }

    /// Until most has been compiled: compiling takes turns with sending on the one processor.
    private static Rounds.Round warmUp(Rounds rounds) throws IOException, InterruptedException {
        beside(rounds, 0, deaf -> rounds.paced(1_500, 150, deaf, 0));
        return beside(rounds, 0, deaf -> rounds.ordered(400, 40, deaf));
    }

    /// 100,000 deliveries a second.
    ///
    /// @param arguments the number of rounds; 3 without
    public static boolean full(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        int perSecond = 200;
        int events = 8 * perSecond;
        try (Pair pair = Pair.start()) {
            double oursEach = bytesEach(pair.ours());
            double peerEach = bytesEach(pair.peer());
            Rounds ours = new Rounds(pair.ours(), CLIENTS);
            Rounds peer = new Rounds(pair.peer(), CLIENTS);
            beside(ours, 0, slow -> ours.paced(events, perSecond, slow, 0));
            beside(peer, 0, slow -> peer.paced(events, perSecond, slow, 0));
            for (int i = 0; i < rounds; i++) {
                ours.keep(beside(ours, DEAF, slow -> ours.paced(events, perSecond, slow, 1_024)));
                peer.keep(beside(peer, DEAF, slow -> peer.paced(events, perSecond, slow, 1_024)));
            }
            say(
                    "%d clients, %d deliveries/s, %d rounds of %d events, %d clients that read 1 kB/s; %d and %d bytes an event%n",
                    CLIENTS, CLIENTS * perSecond, rounds, events, DEAF, ours.frameBytes(), peer.frameBytes());
            Rounds.head();
            ours.print();
            peer.print();
            double ratio = ours.p99() / peer.p99();
            say("p99 ratio %.2f (goal 0.25); missing %d (goal 0); ", ratio, ours.missing());
            say("memory of an idle client %.0f kB (goal 40) and %.0f kB%n", oursEach, peerEach);
            return ratio <= 0.25 && ours.missing() == 0 && oursEach <= 40;
        }
    }

    /// What resident memory grows by with each idle client, in kB, in a server that has had as many before: its heap
    /// has grown to what it needs.
    private static double bytesEach(Contender contender) throws IOException, InterruptedException {
        new Rounds(contender, CLIENTS).leave();
        Thread.sleep(2_000);
        double before = contender.residentMegabytes();
        Rounds idle = new Rounds(contender, CLIENTS);
        Thread.sleep(5_000);
        double with = contender.residentMegabytes();
        idle.leave();
        Thread.sleep(1_000);
        return (with - before) * 1_024 / CLIENTS;
    }

    private interface Round {
        Rounds.Round run(DeafCrowd deaf) throws IOException, InterruptedException;
    }

    private static Rounds.Round beside(Rounds rounds, int deaf, Round round) throws IOException, InterruptedException {
        Contender contender = rounds.contender();
        try (DeafCrowd crowd = new DeafCrowd(contender.url(), contender.dialect(), CLIENTS, deaf)) {
            // What joining costs is over when the round begins.
            Thread.sleep(1_000);
            return round.run(crowd);
        }
    }

    /// Enough events that those who do not read must be cut off: more than the 1,024 frames that may wait for a client,
    /// and what the kernel holds.
    ///
    /// @return whether they were, and the others got everything
    private static boolean flood(Rounds rounds) throws IOException, InterruptedException {
        Contender contender = rounds.contender();
        int events = 3_000;
        int perSecond = 150;
        try (DeafCrowd deaf = new DeafCrowd(contender.url(), contender.dialect(), CLIENTS, DEAF)) {
            Rounds.Round flood = rounds.paced(events, perSecond, deaf, 0);
            Map<DeafCrowd.Ending, Long> endings =
                    deaf.endings().stream().collect(Collectors.groupingBy(ending -> ending, Collectors.counting()));
            say(
                    "%s, flood of %d events, %d deliveries/s: of %d clients that never read %s; the others miss %d, p99 %.1f ms, %.1f us each%n",
                    contender.name(),
                    events,
                    perSecond * CLIENTS,
                    DEAF,
                    endings,
                    flood.missing(),
                    flood.p99(),
                    flood.serverMicros());
            return flood.missing() == 0 && endings.getOrDefault(DeafCrowd.Ending.SERVED, 0L) == 0;
        }
    }
}
