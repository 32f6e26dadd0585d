package dev.patchbay.bench.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.patchbay.bench.Figures;
import dev.patchbay.bench.console.ServerProcess;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// B4: what a burst of 200 sign-ins does to reads, and what one costs.
///
/// A steady load of `GET /leads/{id}`, each at its time whether or not the one before has been answered (so that
/// waiting
/// counts); rounds without and with a burst in turns. The burst comes from 32 connections; who is answered 429 comes
/// again after half a second, as the console does.
public final class SigningIn {
    private static final List<String> USERS =
            List.of("admin@demo.test", "supervisor@demo.test", "agent@demo.test", "agent2@demo.test");
    private static final int LOGINS = 200;
    private static final int AT_ONCE = 32;
    private static final int READS_PER_SECOND = 100;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final int HASHES = 30;
    private static final double GOAL_RATIO = 2;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerProcess server;
    private final URI lead;

    private record Round(Figures reads, int asked, int refused, double seconds) {}

    private SigningIn(ServerProcess server) throws IOException, InterruptedException {
        this.server = server;
        JsonNode first = server.get("/leads?limit=1").path("items").path(0);
        this.lead =
                URI.create(server.url() + "/api/v1/leads/" + first.path("id").asText());
    }

    /// @param arguments the number of rounds of each kind; 5 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("patchbay-bench");
        hashes();
        try (ServerProcess server = new ServerProcess(Files.createDirectory(folder.resolve("data")))) {
            return new SigningIn(server).measure(rounds);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private boolean measure(int rounds) throws InterruptedException {
        // Both paths are compiled before anything counts.
        round(true);
        round(false);
        List<Round> quiet = new ArrayList<>();
        List<Round> busy = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            quiet.add(round(false));
            busy.add(round(true));
        }
        say(
                "%d reads/s; bursts of %d sign-ins over %d connections; %d rounds%n",
                READS_PER_SECOND, LOGINS, AT_ONCE, rounds);
        say("%-22s %24s %24s%n", "", "reads p50 ms", "reads p99 ms");
        Figures quietP99 = table("without", quiet);
        Figures busyP99 = table("during the burst", busy);
        Figures seconds = new Figures(busy.stream().map(Round::seconds).toList());
        int refused = busy.stream().mapToInt(Round::refused).sum();
        say(
                "a burst takes %s s; %d of %d tries were asked to come again (429)%n",
                seconds.range(), refused, busy.stream().mapToInt(Round::asked).sum());
        double ratio = busyP99.median() / quietP99.median();
        say("p99 ratio %.2f (goal %.1f)%n", ratio, GOAL_RATIO);
        return ratio <= GOAL_RATIO;
    }

    private static Figures table(String name, List<Round> rounds) {
        Figures p50 =
                new Figures(rounds.stream().map(round -> round.reads().at(50)).toList());
        Figures p99 =
                new Figures(rounds.stream().map(round -> round.reads().at(99)).toList());
        say("%-22s %24s %24s%n", name, p50.range(), p99.range());
        return p99;
    }

    private Round round(boolean burst) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<int[]> logins = burst ? threads.submit(this::burst) : null;
            List<Future<Double>> reads = new ArrayList<>();
            long begin = System.nanoTime();
            long pace = TimeUnit.SECONDS.toNanos(1) / READS_PER_SECOND;
            for (int i = 0; i * pace < ROUND.toNanos() && (logins == null || !logins.isDone()); i++) {
                long due = begin + i * pace;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                reads.add(threads.submit(() -> read(due)));
            }
            List<Double> times = new ArrayList<>();
            for (Future<Double> read : reads) {
                times.add(read.get());
            }
            int[] counts = logins == null ? new int[] {0, 0} : logins.get();
            return new Round(new Figures(times), counts[0], counts[1], (System.nanoTime() - begin) / 1e9);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// @return milliseconds since the read was due
    private double read(long due) throws IOException, InterruptedException {
        HttpResponse<Void> reply = http.send(
                HttpRequest.newBuilder(lead)
                        .header("Authorization", "Bearer " + server.token())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (reply.statusCode() != 200) {
            throw new IOException("a read was answered " + reply.statusCode());
        }
        return (System.nanoTime() - due) / 1e6;
    }

    /// @return how often was asked, and how often refused
    private int[] burst() throws Exception {
        int asked = 0;
        int refused = 0;
        List<Future<int[]>> all = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (int i = 0; i < LOGINS; i++) {
                String user = USERS.get(i % USERS.size());
                all.add(threads.submit(() -> login(user)));
            }
        }
        for (Future<int[]> one : all) {
            asked += one.get()[0];
            refused += one.get()[1];
        }
        return new int[] {asked, refused};
    }

    private int[] login(String user) throws IOException, InterruptedException {
        String body = Json.write(Map.of("email", user, "password", server.password()));
        for (int tries = 1; ; tries++) {
            HttpResponse<Void> reply = http.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/auth/login"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            if (reply.statusCode() == 200) {
                return new int[] {tries, tries - 1};
            }
            if (reply.statusCode() != 429) {
                throw new IOException("a sign-in was answered " + reply.statusCode());
            }
            Thread.sleep(500);
        }
    }

    /// What one hash costs, on a thread alone: the parameters of the server.
    private static void hashes() {
        Argon2Function argon2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < HASHES + 10; i++) {
            long start = System.nanoTime();
            argon2.hash("correct horse battery", "a salt of 16 byt");
            if (i >= 10) {
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        say("Argon2id, 19 MiB, 2 passes, 1 lane: %s ms a hash%n", new Figures(times).range());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
