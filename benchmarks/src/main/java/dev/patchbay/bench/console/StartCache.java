package dev.patchbay.bench.console;

import dev.patchbay.bench.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The ahead-of-time cache that `./patchbay console` makes after its first start.
final class StartCache {
    private StartCache() {}

    /// Records it, which takes some 20 s.
    static Path record(Path folder) throws IOException, InterruptedException {
        Path cache = folder.resolve("patchbay.aot");
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(ConsoleProcess.USUAL);
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + cache, "-cp", Programs.classPath(), "dev.patchbay.desktop.Main", "rehearse"));
        Process process = Programs.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rehearsal.log").toFile()));
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            Programs.end(process);
            throw new IOException("the start-up cache cannot be recorded; see " + folder.resolve("rehearsal.log"));
        }
        return cache;
    }

    /// A console's options with it.
    static List<String> with(Path cache, List<String> jvm) {
        List<String> options = new ArrayList<>(jvm);
        options.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        return options;
    }
}
