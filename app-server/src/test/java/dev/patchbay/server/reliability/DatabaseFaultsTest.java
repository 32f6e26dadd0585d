package dev.patchbay.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.NodeProcess;
import dev.patchbay.server.PostgresProcess;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.visitor.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R7: the database stops, has no connection left, or dies with the server, while leads are written.
class DatabaseFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /// The promise is 2 s; a little is left for a machine that does other things too.
    private static final Duration REFUSED_WITHIN = Duration.ofMillis(2_500);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private record Counts(long leads, long events, long unaccounted) {}

    /// State and event commit together or not at all.
    private static Counts counts(Database database) {
        return database.acrossCompanies(handle -> handle.createQuery("""
                        select (select count(*) from lead) as leads,
                            (select count(*) from event where type = 'lead.created') as created,
                            (select sum(seq) from event_counter) - (select count(*) from event) as missing
                        """)
                .map((row, _) -> new Counts(row.getLong("leads"), row.getLong("created"), row.getLong("missing")))
                .one());
    }

    private static void nothingIsHalfWritten(Database database, long acknowledged) {
        Counts counts = counts(database);
        assertThat(counts.leads()).as("each acknowledged lead is there once").isEqualTo(acknowledged);
        assertThat(counts.events()).isEqualTo(counts.leads());
        assertThat(counts.unaccounted()).as("numbers without an event").isZero();
    }

    private static Duration took(Runnable what) {
        long begin = System.nanoTime();
        what.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void postgresThatStopsIsSaidInTimeAndItsReturnIsNoticed() {
        int stops = Size.of(2, 50);
        List<Duration> refused = new ArrayList<>();
        List<Duration> back = new ArrayList<>();
        try (PostgresProcess postgres = new PostgresProcess(folder);
                TestServer server =
                        TestServer.builder().on(postgres.database()).realTime().start()) {
            TestUser agent = server.company("Acme").user(Role.MANAGER);
            Writers writers = new Writers(2, List.of(server.url()), agent.token(), 1_000_000);
            try (writers) {
                for (int i = 0; i < stops; i++) {
                    long before = writers.written();
                    Until.happens("leads are written", LIMIT, () -> writers.written() > before + 20);
                    postgres.stopImmediately();
                    for (int asked = 0; asked < 3; asked++) {
                        refused.add(took(() ->
                                assertThat(agent.http().get("/leads").status()).isEqualTo(503)));
                    }
                    postgres.start();
                    back.add(took(() -> Until.happens(
                            "served again",
                            LIMIT,
                            () -> agent.http().get("/leads").status() == 200)));
                }
            }
            nothingIsHalfWritten(server.database(), writers.written());
            Size.print(
                    "R7 stops",
                    "%d immediate stops under load: refused within %d ms (max), back within %d ms (max), 0 half-written of %d"
                            .formatted(stops, Size.millis(refused, 1), Size.millis(back, 1), writers.written()));
        }
        assertThat(refused).allSatisfy(one -> assertThat(one).isLessThan(REFUSED_WITHIN));
        assertThat(back).allSatisfy(one -> assertThat(one).isLessThan(BACK_WITHIN));
    }

    @Test
    void whenAllConnectionsAreTakenOthersAreRefusedInTime() throws InterruptedException {
        int times = Size.of(2, 20);
        List<Duration> refused = new ArrayList<>();
        List<Duration> back = new ArrayList<>();
        TestDatabase database = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        try (TestServer server = TestServer.builder()
                        .on(database)
                        .with(Setting.DB_POOL_SIZE, "3")
                        .realTime()
                        .start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestUser agent = server.company("Acme").user(Role.MANAGER);
            // The first request of a JVM loads what it needs.
            assertThat(agent.http().get("/leads").status()).isEqualTo(200);
            for (int i = 0; i < times; i++) {
                CountDownLatch taken = new CountDownLatch(3);
                CountDownLatch release = new CountDownLatch(1);
                for (int holder = 0; holder < 3; holder++) {
                    threads.submit(() -> {
                        while (!held(server.database(), taken, release)) {
                            // The ticker was faster.
                            Thread.onSpinWait();
                        }
                    });
                }
                taken.await();
                refused.add(took(
                        () -> assertThat(agent.http().get("/leads").status()).isEqualTo(503)));
                release.countDown();
                back.add(took(() -> Until.happens(
                        "served again", LIMIT, () -> agent.http().get("/leads").status() == 200)));
            }
            Size.print(
                    "R7 pool",
                    "%d times all connections taken: refused within %d ms (max), back within %d ms (max)"
                            .formatted(times, Size.millis(refused, 1), Size.millis(back, 1)));
        } finally {
            database.drop();
        }
        assertThat(refused).allSatisfy(one -> assertThat(one).isLessThan(REFUSED_WITHIN));
        assertThat(back).allSatisfy(one -> assertThat(one).isLessThan(BACK_WITHIN));
    }

    private static boolean held(Database database, CountDownLatch taken, CountDownLatch release) {
        try {
            return database.acrossCompanies(handle -> {
                taken.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void aServerWithItsOwnDatabaseOpensAfterEveryKillWithAllThatWasAcknowledged() {
        int kills = Size.of(2, 20);
        Path data = folder.resolve("embedded");
        long written;
        List<Duration> back = new ArrayList<>();
        try (NodeProcess node = new NodeProcess(null, data)) {
            String token = TestHttp.at(node.url(), null)
                    .post(
                            "/auth/register",
                            Map.of(
                                    "company", "Acme",
                                    "name", "Ann",
                                    "email", "ann@acme.test",
                                    "password", TestServer.PASSWORD))
                    .json()
                    .path("accessToken")
                    .asText();
            Writers writers = new Writers(2, List.of(node.url()), token, 1_000_000);
            try (writers) {
                for (int i = 0; i < kills; i++) {
                    long before = writers.written();
                    Until.happens("leads are written", LIMIT, () -> writers.written() > before + 50);
                    node.kill();
                    back.add(took(node::startAgain));
                }
            }
            written = writers.written();
            node.stop();
        }
        try (Database database = Database.open(Database.Address.embedded(data), InstantSource.system())) {
            nothingIsHalfWritten(database, written);
        }
        Size.print(
                "R7 kills",
                "H2 embedded, %d × kill -9 under load: opened %d times, ready after %d ms (max), 0 lost and 0 half-written of %d"
                        .formatted(kills, kills, Size.millis(back, 1), written));
    }
}
