package dev.patchbay.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.NodeProcess;
import dev.patchbay.server.PostgresProcess;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.ResumingClient;
import dev.patchbay.server.visitor.FaultProxy;
import dev.patchbay.server.visitor.Until;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R2: two nodes, their sockets, their database and its doorbell break while leads are written.
class EventsUnderFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private enum Fault {
        NODE_KILLED,
        LINE_SILENT,
        DATABASE_STOPPED,
        DOORBELL_CUT,
        LINE_RESET,
        NODE_FROZEN
    }

    @TempDir
    Path folder;

    @Test
    void everyClientHasEveryEventOnceAndInOrder() throws Exception {
        int faults = Size.of(Fault.values().length, 200);
        int clients = Size.of(8, 100);
        List<ResumingClient> consoles = new ArrayList<>();
        try (PostgresProcess postgres = new PostgresProcess(folder);
                TestServer home =
                        TestServer.builder().on(postgres.database()).realTime().start();
                NodeProcess one = new NodeProcess(postgres.database(), folder.resolve("one"));
                NodeProcess other = new NodeProcess(postgres.database(), folder.resolve("other"));
                FaultProxy toOne = new FaultProxy(one.url().getPort());
                FaultProxy toOther = new FaultProxy(other.url().getPort())) {
            TestCompany acme = home.company("Acme");
            TestUser manager = acme.user(Role.MANAGER);
            List<URI> lines = List.of(URI.create(toOne.address()), URI.create(toOther.address()));
            for (int i = 0; i < clients; i++) {
                consoles.add(new ResumingClient(
                        i % 2 == 0 ? lines : lines.reversed(),
                        acme.user(Role.AGENT).token()));
            }
            allThere(consoles);
            Writers writers = new Writers(2, List.of(one.url(), other.url()), manager.token(), 5_000_000);
            try (writers) {
                for (int i = 0; i < faults; i++) {
                    happen(Fault.values()[i % Fault.values().length], postgres, home, one, other, toOne, toOther);
                    long before = writers.written();
                    Until.happens("leads are written again", LIMIT, () -> writers.written() > before + 20);
                    allThere(consoles);
                }
            }
            long last = home.database().lastSeq(acme.id());
            consoles.forEach(console -> Until.happens("all events have come", LIMIT, () -> console.last() == last));
            List<Long> events = home.database().acrossCompanies(handle -> handle.createQuery(
                            "select seq from event where company_id = :company and type = 'lead.created' order by seq")
                    .bind("company", acme.id().value())
                    .mapTo(Long.class)
                    .list());
            long leads = home.database().acrossCompanies(handle -> handle.createQuery(
                            "select count(*) from lead where company_id = :company")
                    .bind("company", acme.id().value())
                    .mapTo(Long.class)
                    .one());
            assertThat(leads).as("each acknowledged lead is there once").isEqualTo(writers.written());
            assertThat(events).hasSize((int) leads);
            consoles.forEach(console -> {
                assertThat(console.wrongs()).isEmpty();
                assertThat(console.numbers()).isEqualTo(events);
            });
            List<Duration> gaps = consoles.stream()
                    .flatMap(console -> console.gaps().stream())
                    .toList();
            Size.print(
                    "R2",
                    "%d clients × %d events, %d faults: 0 lost, 0 repeated, 0 out of order; %d gaps closed, p50 %d ms, p99 %d ms; %d requests sent again"
                            .formatted(
                                    clients,
                                    events.size(),
                                    faults,
                                    gaps.size(),
                                    Size.millis(gaps, 0.5),
                                    Size.millis(gaps, 0.99),
                                    writers.repeated()));
            assertThat(Size.millis(gaps, 0.99)).isLessThan(5_000);
        } finally {
            consoles.forEach(ResumingClient::close);
        }
    }

    private static void allThere(List<ResumingClient> consoles) {
        consoles.forEach(console -> Until.happens("every console is there", LIMIT, console::isThere));
    }

    private static void happen(
            Fault fault,
            PostgresProcess postgres,
            TestServer home,
            NodeProcess one,
            NodeProcess other,
            FaultProxy toOne,
            FaultProxy toOther) {
        switch (fault) {
            case NODE_KILLED -> {
                one.kill();
                one.startAgain();
            }
            case LINE_SILENT -> {
                toOther.silence();
                last(Duration.ofSeconds(5));
                toOther.mend();
            }
            case DATABASE_STOPPED -> {
                postgres.stopImmediately();
                postgres.start();
            }
            case DOORBELL_CUT ->
                home.database()
                        .acrossCompanies(handle ->
                                handle.createQuery("""
                                select count(pg_terminate_backend(pid)) from pg_stat_activity
                                where application_name like 'patchbay doorbell%'
                                """).mapTo(Long.class).one());
            case LINE_RESET -> {
                toOne.cut();
                toOne.mend();
            }
            case NODE_FROZEN -> {
                other.freeze();
                last(Duration.ofSeconds(Size.of(3, 30)));
                other.thaw();
            }
        }
    }

    /// A fault that has a length: nothing can be waited for.
    private static void last(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
