package dev.patchbay.bench.nodes;

import dev.patchbay.bench.Figures;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Id;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Payload;
import dev.patchbay.server.live.PostgresDoorbell;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The second half of B3: what ringing costs those who write. Sixteen companies write one event a transaction, as fast
/// as they can: without ringing, with our doorbell, and with `pg_notify` inside the transaction, in turns.
final class Notification {
    private static final int WRITERS = 16;
    private static final int ROUNDS = 3;

    private enum Way {
        SILENT,
        DOORBELL,
        INSIDE
    }

    private Notification() {}

    static boolean run(Pair pair, int seconds) throws InterruptedException {
        Database.Address address = Database.Address.of(pair.url(), "postgres", "", WRITERS);
        Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
        Duration each = Duration.ofSeconds(Math.max(2, seconds / 4));
        for (int round = -1; round < ROUNDS; round++) {
            for (Way way : Way.values()) {
                double rate = round(address, way, each);
                // The first round warms up.
                if (round >= 0) {
                    rates.computeIfAbsent(way, _ -> new ArrayList<>()).add(rate);
                }
            }
        }
        System.out.println("| ringing | writes a second |");
        System.out.println("|---|---|");
        for (Way way : Way.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s |%n",
                    way.name().toLowerCase(Locale.ROOT),
                    of(rates, way).range());
        }
        double ratio = of(rates, Way.DOORBELL).median() / of(rates, Way.SILENT).median();
        System.out.printf(Locale.ROOT, "with the doorbell %.2f of without (goal 0.80)%n", ratio);
        return ratio >= 0.8;
    }

    private static Figures of(Map<Way, List<Double>> rates, Way way) {
        return new Figures(rates.getOrDefault(way, List.of()));
    }

    private static double round(Database.Address address, Way way, Duration length) throws InterruptedException {
        AtomicLong written = new AtomicLong();
        try (Database database = Database.open(address, InstantSource.system())) {
            PostgresDoorbell doorbell = way == Way.DOORBELL ? new PostgresDoorbell(database) : null;
            if (doorbell != null) {
                doorbell.answer((_, _) -> {});
            }
            List<Thread> threads = new ArrayList<>();
            long end = System.nanoTime() + length.toNanos();
            for (int i = 0; i < WRITERS; i++) {
                CompanyId company = company(database);
                threads.add(Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        write(database, company, way);
                        written.incrementAndGet();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (doorbell != null) {
                doorbell.close();
            }
        }
        return written.get() / (length.toNanos() / 1e9);
    }

    private static CompanyId company(Database database) {
        CompanyId company = CompanyId.fresh();
        database.acrossCompanies(handle -> {
            handle.execute(
                    "insert into company (id, slug, name, region) values (?, ?, 'Bench', 'US')",
                    company.value(),
                    "b" + Id.next());
            return handle.execute("insert into event_counter (company_id, seq) values (?, 0)", company.value());
        });
        return company;
    }

    private static void write(Database database, CompanyId company, Way way) {
        database.change(company, transaction -> {
            Lead lead = new Lead(
                    LeadId.fresh(),
                    "Ann",
                    "+12025550100",
                    null,
                    "web",
                    "new",
                    null,
                    null,
                    null,
                    List.of(),
                    Map.of(),
                    null,
                    1,
                    transaction.now(),
                    transaction.now());
            transaction.emit(EventType.LEAD_CREATED, Audience.company(), lead.id(), new Payload.OfLead(lead));
            if (way == Way.INSIDE) {
                transaction
                        .handle()
                        .createQuery("select 1 from (select pg_notify('bench', 'x')) n")
                        .mapTo(Integer.class)
                        .one();
            }
        });
    }
}
