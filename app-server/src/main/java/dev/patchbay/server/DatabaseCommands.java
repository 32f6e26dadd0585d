package dev.patchbay.server;

import dev.patchbay.server.store.Maintenance;
import dev.patchbay.server.store.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What an administrator does to the whole database at a terminal: `admin migrate`, `backup`, `restore` and so on.
final class DatabaseCommands {
    private DatabaseCommands() {}

    static List<Object> all() {
        return List.of(
                new Migrate(),
                new MigrateStatus(),
                new MigrateUndo(),
                new Seed(),
                new Reset(),
                new Backup(),
                new Restore());
    }

    private interface Work {
        int with(Maintenance maintenance);
    }

    private static int with(Main.Place place, Work work) {
        return with(place.config(Map.of()), work);
    }

    private static int with(Config config, Work work) {
        Startup.prepare(config);
        try (Maintenance maintenance = Maintenance.open(Startup.address(config), InstantSource.system())) {
            return work.with(maintenance);
        } catch (RuntimeException e) {
            throw Startup.explained(config, e);
        }
    }

    @Command(
            name = "migrate",
            description = "Brings the tables up to this program's version; a start does the same.",
            mixinStandardHelpOptions = true)
    static final class Migrate implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Override
        public Integer call() {
            return with(place, maintenance -> {
                int ran = maintenance.schema().migrate();
                System.out.println(ran + " migrations ran; schema version "
                        + maintenance.schema().current().orElse("none"));
                return 0;
            });
        }
    }

    @Command(
            name = "migrate-status",
            description = "Lists the migrations and whether they have run; exits 1 when some have not.",
            mixinStandardHelpOptions = true)
    static final class MigrateStatus implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Override
        public Integer call() {
            return with(place, maintenance -> {
                List<Schema.Step> steps = maintenance.schema().steps();
                for (Schema.Step step : steps) {
                    System.out.printf(
                            "%-6s %-32s %-16s %s%n",
                            step.version(),
                            step.description(),
                            step.state(),
                            Optional.ofNullable(step.at()).orElse(""));
                }
                return steps.stream().anyMatch(step -> step.at() == null) ? 1 : 0;
            });
        }
    }

    @Command(
            name = "migrate-undo",
            description = {
                "Takes the newest migration back, with what only its tables and columns hold; the rest stays.",
                "Stop all servers first. A backup is written to the data folder before."
            },
            mixinStandardHelpOptions = true)
    static final class MigrateUndo implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Override
        public Integer call() {
            Config config = place.config(Map.of());
            return with(config, maintenance -> {
                Path backup = maintenance.undo(config.folder());
                System.out.println("schema version "
                        + maintenance.schema().current().orElse("none") + "; what was there before is in " + backup);
                return 0;
            });
        }
    }

    @Command(
            name = "seed",
            description = "Fills an empty database with the company demo; PATCHBAY_DEMO_PASSWORD or a random password.",
            mixinStandardHelpOptions = true)
    static final class Seed implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Override
        public Integer call() {
            Config config = place.config(Map.of(Setting.PORT, "0", Setting.HOST, "127.0.0.1"));
            String given = System.getenv("PATCHBAY_DEMO_PASSWORD");
            String password = given == null || given.isEmpty() ? Main.randomPassword() : given;
            try (PatchbayServer server = PatchbayServer.start(config)) {
                server.setUpDemo(password);
            }
            if (given == null || given.isEmpty()) {
                System.out.println("demo password " + password);
            }
            System.out.println("seeded company demo");
            return 0;
        }
    }

    @Command(
            name = "reset",
            description = "Removes everything from the database. Stop all servers first.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Option(names = "--yes", description = "I know that everything goes.")
        boolean sure;

        @Override
        public Integer call() {
            if (!sure) {
                throw new Main.WrongArguments(
                        "reset removes every company, user, lead and call from the database. Say --yes if that is meant.");
            }
            return with(place, maintenance -> {
                maintenance.reset();
                System.out.println("the database is empty");
                return 0;
            });
        }
    }

    @Command(
            name = "backup",
            description = {
                "Writes everything that the database holds, as it stood at one moment, into one zip file.",
                "On PostgreSQL servers may go on; with H2 the server must be stopped.",
                "Files of the data folder (secrets, uploads) are not in it."
            },
            mixinStandardHelpOptions = true)
    static final class Backup implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Parameters(paramLabel = "FILE", description = "The zip file to write; must not exist.")
        Path file = Path.of("");

        @Override
        public Integer call() {
            if (Files.exists(file)) {
                throw new Main.WrongArguments(file + " exists already.");
            }
            return with(place, maintenance -> {
                Maintenance.Outcome outcome = maintenance.backup(file);
                System.out.println("backed up " + outcome.rows() + " rows of " + outcome.tables()
                        + " tables, schema version " + outcome.schema() + ", to " + file);
                return 0;
            });
        }
    }

    @Command(
            name = "restore",
            description = {
                "Loads a backup into an empty database, of H2 or PostgreSQL whichever it came from.",
                "Stop all servers first."
            },
            mixinStandardHelpOptions = true)
    static final class Restore implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Parameters(paramLabel = "FILE", description = "The zip file that backup wrote.")
        Path file = Path.of("");

        @Option(names = "--replace", description = "Removes what the database holds first.")
        boolean replace;

        @Override
        public Integer call() {
            if (!Files.isRegularFile(file)) {
                throw new Main.WrongArguments("There is no file " + file + ".");
            }
            return with(place, maintenance -> {
                Maintenance.Outcome outcome = maintenance.restore(file, replace);
                System.out.println("restored " + outcome.rows() + " rows of " + outcome.tables() + " tables");
                return 0;
            });
        }
    }
}
