package dev.patchbay.server;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The server's command line: `server` and `admin …`.
///
/// Exit codes: 0 done, 2 wrong arguments, 1 anything else, each with one sentence on standard error.
@Command(name = "patchbay", description = "The companion server.", mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs a command to its end; for `server`, that is when it was told to stop.
    ///
    /// @return the exit code
    public static int run(String... args) {
        Logging.toStandardError();
        return execute(args);
    }

    /// As [#run], with the logging as it is.
    static int execute(String... args) {
        return new CommandLine(new Main())
                .addSubcommand(new Serve())
                .addSubcommand(AdminCommands.commandLine())
                .setExecutionExceptionHandler((failure, line, _) -> explain(failure, line))
                .execute(args);
    }

    private static int explain(Exception failure, CommandLine line) {
        if (failure instanceof Config.Unusable || failure instanceof WrongArguments) {
            line.getErr().println(failure.getMessage());
            return 2;
        }
        if (failure instanceof CannotStart || failure instanceof dev.patchbay.server.access.Refusal) {
            line.getErr().println(sentence(failure));
            return 1;
        }
        LoggerFactory.getLogger(Main.class).error("the command failed", failure);
        return 1;
    }

    private static @Nullable String sentence(Exception failure) {
        return failure instanceof dev.patchbay.server.access.Refusal refusal
                ? refusal.body().message()
                : failure.getMessage();
    }

    /// Arguments that do not go together.
    static final class WrongArguments extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongArguments(String message) {
            super(message, null, false, false);
        }
    }

    /// Which data a command works on.
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The folder of the database, the secret and the logs.")
        @Nullable
        Path data;

        @Option(
                names = "--database-url",
                paramLabel = "URL",
                description = "PostgreSQL (jdbc:postgresql:… or postgres://…) in place of H2 in the data folder.")
        @Nullable
        String database;

        Map<Setting, String> chosen() {
            Map<Setting, String> chosen = new EnumMap<>(Setting.class);
            Optional.ofNullable(data).ifPresent(folder -> chosen.put(Setting.DATA_DIR, folder.toString()));
            Optional.ofNullable(database).ifPresent(url -> chosen.put(Setting.DATABASE_URL, url));
            return chosen;
        }

        Config config(Map<Setting, String> more) {
            Map<Setting, String> chosen = chosen();
            chosen.putAll(more);
            Map<String, String> environment = System.getenv();
            return Config.load(
                    chosen,
                    environment,
                    Config.defaultFolder(
                            environment, System.getProperty("os.name", ""), System.getProperty("user.home", ".")));
        }
    }

    /// A random password that is easy to read out.
    static String randomPassword() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Command(
            name = "server",
            description = "Runs the companion server until it is told to stop.",
            mixinStandardHelpOptions = true)
    static final class Serve implements Callable<Integer> {
        @CommandLine.Mixin
        final Place place = new Place();

        @Option(names = "--port", paramLabel = "P", description = "The port to serve (8090); 0 takes a free one.")
        @Nullable
        String port;

        @Option(names = "--host", paramLabel = "H", description = "The address to bind (127.0.0.1).")
        @Nullable
        String host;

        @Option(names = "--demo", description = "Adds the company demo; empty database and loopback only.")
        boolean demo;

        @Option(names = "--print-config", description = "Lists every setting with value, default and origin.")
        boolean printConfig;

        @Override
        public Integer call() throws InterruptedException {
            PrintStream out = System.out;
            Map<Setting, String> more = new EnumMap<>(Setting.class);
            Optional.ofNullable(port).ifPresent(number -> more.put(Setting.PORT, number));
            Optional.ofNullable(host).ifPresent(name -> more.put(Setting.HOST, name));
            Config config = place.config(more);
            if (printConfig) {
                out.print(config.print());
                return 0;
            }
            if (demo) {
                config = forDemo(config);
            }
            Startup.prepare(config);
            Logging.install(config);
            config.unused().forEach(line -> LoggerFactory.getLogger(Main.class).info(line));
            Strangers.near(System.getenv().keySet())
                    .forEach(line -> LoggerFactory.getLogger(Main.class).warn(line));
            try (PatchbayServer server = PatchbayServer.start(config)) {
                if (demo) {
                    demo(server, out);
                }
                CountDownLatch stopped = new CountDownLatch(1);
                Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> {
                    server.close();
                    stopped.countDown();
                });
                Runtime.getRuntime().addShutdownHook(hook);
                out.println("ready " + server.url());
                out.flush();
                stopped.await();
            }
            return 0;
        }

        private static Config forDemo(Config config) {
            String host = config.text(Setting.HOST);
            try {
                if (!InetAddress.getByName(host).isLoopbackAddress()) {
                    throw new WrongArguments("--demo serves this machine alone: leave --host and HOST at 127.0.0.1.");
                }
            } catch (UnknownHostException e) {
                throw new WrongArguments("The address " + host + " is not known.");
            }
            // All demo callers come from one address.
            return config.isSet(Setting.RATE_LIMIT_MAX_REQUESTS)
                    ? config
                    : config.with(Setting.RATE_LIMIT_MAX_REQUESTS, "100000");
        }

        private static void demo(PatchbayServer server, PrintStream out) {
            String given = System.getenv("PATCHBAY_DEMO_PASSWORD");
            String password = given == null || given.isEmpty() ? randomPassword() : given;
            server.setUpDemo(password);
            if (given == null || given.isEmpty()) {
                out.println("demo password " + password);
            }
        }
    }
}
