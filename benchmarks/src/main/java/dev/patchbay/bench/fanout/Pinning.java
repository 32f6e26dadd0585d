package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps the clients off the server's processor, where the system can.
final class Pinning {
    private Pinning() {}

    static boolean possible() {
        return Runtime.getRuntime().availableProcessors() >= 2 && Files.isExecutable(Path.of("/usr/bin/taskset"));
    }

    /// Moves this process, all its threads, to the second processor.
    static void pinClients() throws IOException, InterruptedException {
        if (possible()) {
            new ProcessBuilder(
                            "taskset",
                            "-acp",
                            "1",
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
