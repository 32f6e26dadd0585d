package dev.patchbay.desktop.console;

import dev.patchbay.desktop.Headless;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.ServerAddress;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `patchbay console`.
@Command(
        name = "console",
        description = "The console; without a server it offers to start one here.",
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    @Option(names = "--server", paramLabel = "URL", description = "The server to sign in at; the last one otherwise.")
    @Nullable
    String server;

    @Option(names = "--profile", paramLabel = "NAME", description = "Keeps several consoles on one computer apart.")
    String profile = "default";

    @Option(names = "--folder", paramLabel = "DIR", description = "Where the console keeps what it remembers.")
    @Nullable
    Path folder;

    private ConsoleCommand() {}

    /// @return the exit code
    public static int run(String... args) {
        return new CommandLine(new ConsoleCommand()).execute(args);
    }

    @Override
    public Integer call() {
        if (Headless.needed()) {
            return refuse("There is no display, so the console has no window to open. Start it on a desktop, or try"
                    + " ./patchbay demo --headless.");
        }
        try {
            ConsoleFolder place = folder == null ? ConsoleFolder.usual(profile) : ConsoleFolder.at(folder, profile);
            ServerAddress address = server == null ? null : ServerAddress.parse(server);
            ConsoleApp.run(new ConsoleApp.Wish(place, address, null, null, _ -> {}));
            return 0;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private static int refuse(String sentence) {
        System.err.println(sentence);
        return 1;
    }
}
