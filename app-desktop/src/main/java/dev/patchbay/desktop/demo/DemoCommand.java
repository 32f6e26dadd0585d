package dev.patchbay.desktop.demo;

import dev.patchbay.desktop.Headless;
import dev.patchbay.server.CannotStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `patchbay demo`.
@Command(
        name = "demo",
        description = {
            "Server, simulated callers and the console, with no set-up.",
            "Without a display, or with --headless, it handles the calls itself and writes what happened to --out."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--headless", description = "No window: the calls are answered by the demo itself.")
    boolean headless;

    @Option(names = "--calls", paramLabel = "N", description = "How many calls; headless 1, in a window without end.")
    @Nullable
    Integer calls;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The server's port; 8090, or a free one when it is taken.")
    @Nullable
    Integer port;

    @Option(names = "--out", paramLabel = "DIR", description = "Where timeline.json, the sound and the picture go.")
    Path out = Path.of("out", "demo");

    private DemoCommand() {}

    /// @return the exit code
    public static int run(String... args) {
        return new CommandLine(new DemoCommand()).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (calls != null && calls < 1) {
            System.err.println("--calls is a whole number from 1.");
            return 2;
        }
        boolean alone = headless || Headless.needed();
        if (alone) {
            Headless.on();
        }
        try (Demo demo = Demo.prepare(port)) {
            return alone ? demo.alone(calls == null ? 1 : calls, out) : demo.withWindow(calls);
        } catch (CannotStart cannot) {
            System.err.println(cannot.getMessage());
            return 1;
        }
    }
}
