package dev.patchbay.desktop;

import dev.patchbay.desktop.console.ConsoleApp;
import dev.patchbay.desktop.scenes.ScreenScenes;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.desktop.voice.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.Platform;

/// Opens the console once without a display, and closes it: what the JVM's ahead-of-time cache (JEP 483) is recorded
/// from, so that real windows open faster. It loads what a start needs and no more, for the JVM loads all that is in
/// the cache at every start.
final class Rehearsal {
    private Rehearsal() {}

    /// @return the exit code
    static int run() {
        Headless.on();
        try {
            Path folder = Files.createTempDirectory("patchbay-rehearsal");
            try {
                CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS)
                        .execute(() -> Platform.runLater(() -> workplace(folder)));
                ConsoleFolder place = ConsoleFolder.at(folder, "rehearsal");
                ConsoleApp.run(
                        new ConsoleApp.Wish(place, null, EngineSettings.silent("rehearsal", folder), null, _ -> {}));
            } finally {
                remove(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// After the first steps, what a signed-in start shows.
    private static void workplace(Path folder) {
        try {
            Screenshots screens = new Screenshots(new Look());
            ShellScenes.register(screens);
            ScreenScenes.register(screens);
            screens.draw(folder.resolve("screens"), Screenshots.USUAL.subList(0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Platform.exit();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
