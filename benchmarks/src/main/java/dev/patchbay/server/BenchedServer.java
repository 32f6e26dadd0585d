package dev.patchbay.server;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Payload;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The whole companion server under a benchmark: as `server --demo`, but users are signed in without a password hash
/// each, and it tells when it had committed what.
///
/// Arguments: data folder, number of users. Prints `token …` for the administrator and each user, then `ready URL`.
/// On standard input: `go FIRST COUNT PER_SECOND` commits so many events at that pace; `told` prints
/// `made NUMBER DUE COMMITTED` for every event since the last time (nanoseconds of the machine's monotonic clock),
/// then `told`.
public final class BenchedServer {
    private static final String MARK = "fan-out-";

    /// @param due when it was to be made; the commit itself where nobody set a time
    private record Made(int number, long due, long committed) {}

    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private final PrintStream out = System.out;
    /// When the event under way was due; 0 for those that came by REST.
    private volatile long due;

    private BenchedServer() {}

    public static void main(String[] arguments) throws IOException {
        Logging.toStandardError();
        new BenchedServer().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void run(Path folder, int users) throws IOException {
        Map<Setting, String> chosen = new EnumMap<>(Setting.class);
        chosen.put(Setting.DATA_DIR, folder.toString());
        chosen.put(Setting.PORT, "0");
        Config config = Config.load(chosen, System.getenv(), folder);
        Startup.prepare(config);
        Logging.install(config);
        InstantSource clock = InstantSource.system();
        Database database = Startup.open(config, clock);
        database.onCommit((_, events) -> note(System.nanoTime(), events));
        try (PatchbayServer server = PatchbayServer.start(config, database, clock, System::nanoTime)) {
            server.setUpDemo(System.getenv("PATCHBAY_DEMO_PASSWORD"));
            out.println("token " + server.open("admin@demo.test").accessToken());
            signIn(server, users).forEach(token -> out.println("token " + token));
            out.println("ready " + server.url());
            out.flush();
            obey(database, companyOf(database));
        }
    }

    private static CompanyId companyOf(Database database) {
        return database.acrossCompanies(handle -> handle.createQuery("select id from company where slug = 'demo'")
                .map((row, _) -> new CompanyId(row.getObject(1, java.util.UUID.class)))
                .one());
    }

    private static List<String> signIn(PatchbayServer server, int users) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            String email = "bench" + i + "@demo.test";
            server.database().change(companyOf(server.database()), transaction -> transaction
                    .update("""
                            insert into app_user (company_id, id, email, name, password_hash, roles)
                            select company_id, :id, :email, :email, password_hash, 'Receptionist' from app_user
                            where company_id = :company and email = 'admin@demo.test'
                            """)
                    .bind("id", UserId.fresh().value())
                    .bind("email", email)
                    .execute());
            tokens.add(server.open(email).accessToken());
        }
        return tokens;
    }

    /// On the committing thread, before the hub hears of it.
    private void note(long now, List<StoredEvent> events) {
        for (StoredEvent event : events) {
            int at = event.payload().indexOf(MARK);
            if (at >= 0) {
                int end = event.payload().indexOf('"', at);
                int number = Integer.parseInt(event.payload().substring(at + MARK.length(), end));
                made.add(new Made(number, due == 0 ? now : due, now));
            }
        }
    }

    private void obey(Database database, CompanyId company) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("go")) {
                go(
                        database,
                        company,
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]));
            } else {
                for (Made event = made.poll(); event != null; event = made.poll()) {
                    out.println("made " + event.number() + " " + event.due() + " " + event.committed());
                }
                out.println("told");
                out.flush();
            }
        }
    }

    private void go(Database database, CompanyId company, int first, int count, int perSecond) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long wanted = begin + TimeUnit.SECONDS.toNanos(i) / perSecond;
            while (System.nanoTime() < wanted) {
                LockSupport.parkNanos(wanted - System.nanoTime());
            }
            due = wanted;
            int number = first + i;
            database.change(company, transaction -> {
                Lead lead = lead(MARK + number, transaction.now());
                transaction.emit(EventType.LEAD_CREATED, Audience.company(), lead.id(), new Payload.OfLead(lead));
            });
        }
        due = 0;
    }

    private static Lead lead(String name, Instant now) {
        return new Lead(
                LeadId.fresh(),
                name,
                "+12025550100",
                "ann@example.test",
                "benchmark",
                "new",
                null,
                null,
                null,
                List.of(),
                Map.of("notes", "x".repeat(100)),
                null,
                1,
                now,
                now);
    }
}
