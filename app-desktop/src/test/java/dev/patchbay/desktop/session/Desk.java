package dev.patchbay.desktop.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A console for tests: a folder, a screen thread, a sign-in with short patience.
public final class Desk implements AutoCloseable {
    /// As the usual one, ten times faster.
    public static final LiveLink.Timing FAST = new LiveLink.Timing(
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    public final ExecutorService screen = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("screen").factory());
    public final ConsoleFolder folder;
    public final SignIn signIn;

    public Desk(Path base) {
        this(base, FAST);
    }

    public Desk(Path base, LiveLink.Timing timing) {
        folder = ConsoleFolder.at(base, "test");
        signIn = new SignIn(folder, new FileVault(folder), screen, InstantSource.system(), true, timing);
    }

    public Session ann(ServerAddress server) {
        return signIn.signIn(server, "ann@example.test", PretendServer.PASSWORD);
    }

    @Override
    public void close() {
        screen.shutdown();
    }
}
