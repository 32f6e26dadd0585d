package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Health;
import dev.patchbay.model.Role;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The server on PostgreSQL from an empty database on.
class PostgresStartTest {
    @Test
    void twoNodesThatStartAtOnceOnAnEmptyDatabaseBothServe() throws Exception {
        TestDatabase database = TestPostgres.empty();
        Callable<TestServer> start = () -> TestServer.builder().on(database).start();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<TestServer>> starting = List.of(both.submit(start), both.submit(start));
            try (TestServer one = starting.get(0).get();
                    TestServer other = starting.get(1).get()) {
                one.company("Acme").user("Ann", "ann@acme.test", Role.AGENT);
                assertThat(one.http().get("/health", Health.class).status()).isEqualTo("ok");
                assertThat(other.server().open("ann@acme.test").user().name()).isEqualTo("Ann");
            }
        } finally {
            database.drop();
        }
    }
}
