package dev.patchbay.desktop.demo;

import dev.patchbay.desktop.console.ConsoleApp;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.voice.EngineSettings;
import dev.patchbay.desktop.voice.ProcessVoice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.server.CannotStart;
import dev.patchbay.server.Config;
import dev.patchbay.server.Logging;
import dev.patchbay.server.PatchbayServer;
import dev.patchbay.server.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server with sample data in a temporary folder, a voice process for the callers, and a console signed in as the
/// demo's agent.
final class Demo implements AutoCloseable {
    private static final int USUAL_PORT = 8090;

    private final Path folder;
    private final PatchbayServer server;
    private final String password;
    private final ProcessVoice callers;

    private Demo(Path folder, PatchbayServer server, String password) {
        this.folder = folder;
        this.server = server;
        this.password = password;
        this.callers = ProcessVoice.attach(EngineSettings.silent("callers", folder), _ -> {});
    }

    /// Starts server and callers.
    ///
    /// @param port null: 8090, or a free one when that is taken
    /// @throws CannotStart with one sentence
    static Demo prepare(@Nullable Integer port) throws IOException {
        Path folder = Files.createTempDirectory("patchbay-demo-");
        Logging.install(folder.resolve("logs"), "INFO");
        try {
            PatchbayServer server = start(folder.resolve("server"), port);
            String given = System.getenv("PATCHBAY_DEMO_PASSWORD");
            String password = given == null || given.isEmpty() ? random() : given;
            server.setUpDemo(password);
            return new Demo(folder, server, password);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static PatchbayServer start(Path data, @Nullable Integer port) {
        // All callers come from one address, which is no flood here.
        Config config = Config.in(data).with(Setting.RATE_LIMIT_MAX_REQUESTS, "100000");
        if (port != null) {
            return PatchbayServer.start(config.with(Setting.PORT, port.toString()));
        }
        try {
            return PatchbayServer.start(config.with(Setting.PORT, Integer.toString(USUAL_PORT)));
        } catch (CannotStart taken) {
            return PatchbayServer.start(config.with(Setting.PORT, "0"));
        }
    }

    private static String random() {
        byte[] bytes = new byte[9];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    ServerAddress address() {
        return ServerAddress.parse(server.url().toString());
    }

    /// Handles calls without anybody at the keyboard.
    ///
    /// @return the exit code
    int alone(int calls, Path out) throws IOException {
        Files.createDirectories(out);
        Steps steps = new Steps(System.out);
        steps.tell("server", "serves " + server.url());
        AutoAgent agent = new AutoAgent(this, steps, calls, out);
        ConsoleApp.run(wish(EngineSettings.silent("agent", folder), agent::start));
        return agent.finish() ? 0 : 1;
    }

    /// Opens the console for a person; calls arrive until the window is closed.
    ///
    /// @param calls how many at most; null without end
    /// @return the exit code
    int withWindow(@Nullable Integer calls) {
        Steps steps = new Steps(System.out);
        System.out.println(greeting(server.url().toString(), password));
        try (CallerStream stream = new CallerStream(this, steps, calls == null ? Integer.MAX_VALUE : calls)) {
            ConsoleApp.run(wish(EngineSettings.standard("demo", folder), stream::start));
        }
        return 0;
    }

    /// What a person wants to know before the first call rings.
    static String greeting(String url, String password) {
        return """

                Patchbay demo. The console opens; simulated customers call every few seconds.

                  Answer   F8          Mute     F9          Keypad   0-9
                  Hang up  Shift-F8    Hold     F10         All keys F1
                  After a call: a digit says how it ended, Ctrl-Enter ends the wrap-up.

                  Call yourself   %1$s/call/demo   (in a browser, with a microphone)
                  API             %1$s/api-docs
                  Accounts        agent@demo.test, agent2@demo.test, supervisor@demo.test, admin@demo.test
                  Password        %2$s

                Close the window to end the demo; nothing of it is kept.
                """.formatted(url, password);
    }

    private ConsoleApp.Wish wish(EngineSettings engine, java.util.function.Consumer<ConsoleApp.Opened> opened) {
        return new ConsoleApp.Wish(
                ConsoleFolder.at(folder, "console"),
                address(),
                engine,
                new ConsoleApp.Account("agent@demo.test", password),
                opened);
    }

    private final AtomicInteger called = new AtomicInteger();

    /// The next of the callers rings up.
    SimulatedCaller nextCaller(java.util.function.Consumer<SimulatedCaller.Step> listener) {
        var all = Caller.all();
        Caller who = all.get(called.getAndIncrement() % all.size());
        return SimulatedCaller.call(address(), "demo", who, callers, new Sentences(folder), listener);
    }

    @Override
    public void close() {
        callers.send(new VoiceCommand.Shutdown());
        callers.close();
        server.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A temporary folder that stays behind is the system's to clear.
            org.slf4j.LoggerFactory.getLogger(Demo.class).info("{} stays behind", folder, e);
        }
    }
}
