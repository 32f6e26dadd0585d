package dev.patchbay.bench.console;

import dev.patchbay.bench.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where windows open: the display of this session, else a virtual one of our own.
final class Screen implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/bin/Xvfb");

    private final String display;
    private final @Nullable Process server;

    private Screen(String display, @Nullable Process server) {
        this.display = display;
        this.server = server;
    }

    /// @throws IOException when there is neither a display nor Xvfb
    static Screen open() throws IOException {
        Optional<String> own = Optional.ofNullable(System.getenv("DISPLAY")).filter(name -> !name.isEmpty());
        if (own.isPresent()) {
            return new Screen(own.get(), null);
        }
        if (!Files.isExecutable(SERVER)) {
            throw new IOException("The window needs a display: install Xvfb.");
        }
        Process server = Programs.start(new ProcessBuilder(
                        SERVER.toString(), "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        String number = server.inputReader(StandardCharsets.US_ASCII).readLine();
        if (number == null) {
            throw new IOException("Xvfb does not start");
        }
        return new Screen(":" + number.strip(), server);
    }

    /// Starts the console of `folder` and ends it.
    ///
    /// @return milliseconds from the start of the process to the window
    double window(Path folder, List<String> jvm) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(jvm);
        command.addAll(ConsoleProcess.MORE);
        command.addAll(List.of(
                "-Dpatchbay.marks=true",
                "-cp",
                Programs.classPath(),
                "dev.patchbay.desktop.Main",
                "console",
                "--folder",
                folder.toString(),
                "--profile",
                "console"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("start.log").toFile());
        builder.environment().put("DISPLAY", display);
        builder.environment()
                .put(
                        "XDG_RUNTIME_DIR",
                        Files.createDirectories(folder.resolve("run")).toString());
        long began = System.nanoTime();
        Process console = Programs.start(builder);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(console.getInputStream(), StandardCharsets.UTF_8))) {
            String mark = out.lines()
                    .filter(line -> line.startsWith("mark window "))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the console shows no window: " + log(folder)));
            return (Long.parseLong(mark.substring("mark window ".length())) - began) / 1e6;
        } finally {
            Programs.end(console);
        }
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("start.log"));
        } catch (IOException e) {
            return "no log either (" + e.getMessage() + ")";
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (server != null) {
            Programs.end(server);
        }
    }
}
