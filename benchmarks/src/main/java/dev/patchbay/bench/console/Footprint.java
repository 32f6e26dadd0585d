package dev.patchbay.bench.console;

import dev.patchbay.bench.Figures;
import dev.patchbay.bench.voice.CallingParty;
import dev.patchbay.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The signed-in console with 10,000 leads and a call: its memory, and how soon a second start shows the window.
public final class Footprint {
    private static final int LEADS = 10_000;
    private static final int STARTS = 5;
    private static final double GOAL_MEGABYTES = 400;
    private static final double GOAL_WINDOW = 1500;

    private Footprint() {}

    /// @param arguments `--leads N`; 10,000 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int leads = arguments.length == 2 && arguments[0].equals("--leads") ? Integer.parseInt(arguments[1]) : LEADS;
        Path folder = Files.createTempDirectory("patchbay-bench");
        Path data = Files.createDirectories(folder.resolve("server"));
        // Makes the database; the first start of every server does.
        new ServerProcess(data).close();
        fill(data, leads);
        Path cache = StartCache.record(folder);
        List<String> jvm = StartCache.with(cache, ConsoleProcess.USUAL);
        try (ServerProcess server = new ServerProcess(data)) {
            double taken = memory(folder, server, leads, jvm);
            double window = starts(folder, jvm);
            return taken <= GOAL_MEGABYTES && window <= GOAL_WINDOW;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /// Writes leads into the file of a server that is not running: by REST they would take minutes.
    private static void fill(Path data, int leads) throws IOException {
        try (Connection connection = DriverManager.getConnection(
                        Database.Address.embedded(data).url(), "patchbay", "");
                PreparedStatement insert = connection.prepareStatement("""
                        insert into lead (company_id, id, name, phone, email, source, notes)
                        select company.id, random_uuid(), 'Lead ' || n.x || ' of the benchmark',
                            '+1202555' || lpad(cast(mod(n.x, 10000) as varchar), 4, '0'), 'lead' || n.x || '@example.test',
                            'benchmark', 'Asked for an offer and wants to be called in the afternoon.'
                        from company, system_range(1, ?) n
                        where company.slug = 'demo'
                        """)) {
            insert.setInt(1, leads);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IOException("the leads cannot be made", e);
        }
    }

    private static double memory(Path folder, ServerProcess server, int leads, List<String> jvm)
            throws IOException, InterruptedException {
        try (ConsoleProcess console = new ConsoleProcess(folder, server, jvm, 200);
                CallingParty callers = new CallingParty(server, folder)) {
            console.await("opened");
            long until = System.nanoTime() + 60_000_000_000L;
            int loaded = 0;
            while (loaded < leads && System.nanoTime() < until) {
                Thread.sleep(200);
                console.say("leads");
                loaded = Integer.parseInt(console.await("leads"));
            }
            console.say("available");
            try (AutoCloseable _ = callers.call()) {
                console.await("ringing");
                console.say("answer");
                console.await("heard");
                Thread.sleep(5_000);
                double window = Memory.pss(console.pid());
                double voice = Memory.pss(console.voicePid());
                Memory after = Memory.of(console.pid());
                say(
                        "%d leads, one call: console %.0f MB, voice process %.0f MB, together %.0f MB PSS (goal %.0f)%n",
                        loaded, window, voice, window + voice, GOAL_MEGABYTES);
                say("after a collection: console %.0f MB, of it %.0f MB live objects%n", after.pss(), after.heap());
                return window + voice;
            } catch (IOException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /// Starts the console as a user does, signed in since last time.
    private static double starts(Path folder, List<String> jvm) throws IOException, InterruptedException {
        try (Screen screen = Screen.open()) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i <= STARTS; i++) {
                double time = screen.window(folder, jvm);
                if (i == 0) {
                    say("first start %.0f ms%n", time);
                } else {
                    times.add(time);
                }
            }
            Figures figures = new Figures(times);
            say("window, warm, %d starts: %s ms (goal %.0f)%n", STARTS, figures.range(), GOAL_WINDOW);
            return figures.median();
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
