package dev.patchbay.desktop.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.server.visitor.Until;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A display of the test's own, and a keyboard for what is on it.
final class Display implements AutoCloseable {
    private final Process server;
    private final String name;

    Display(Path folder) throws IOException {
        assumeTrue(
                Stream.of("Xvfb", "xdotool").allMatch(Display::installed),
                "skipped: install xvfb and xdotool to test the console's window");
        ProcessBuilder builder =
                new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp");
        builder.redirectError(folder.resolve("display.log").toFile());
        server = builder.start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            name = ":"
                    + Objects.requireNonNull(said.readLine(), "Xvfb does not start")
                            .strip();
        } catch (IOException | RuntimeException e) {
            server.destroyForcibly();
            throw e;
        }
    }

    static boolean installed(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    Map<String, String> environment() {
        return Map.of("DISPLAY", name, "GDK_BACKEND", "x11", "NO_AT_BRIDGE", "1");
    }

    /// Presses keys in the window of this title, as `F8` or `ctrl+Return`; waits for the window.
    void press(String title, String... keys) {
        focus(title);
        List<String> command = new ArrayList<>(List.of("xdotool", "key", "--delay", "60"));
        command.addAll(List.of(keys));
        if (!run(command)) {
            throw new AssertionError("xdotool could not press " + List.of(keys));
        }
    }

    /// Waits for the window and gives it the focus; there is no window manager that would.
    void focus(String title) {
        Until.happens(
                "a window with the title " + title + " takes the focus",
                Duration.ofSeconds(40),
                () -> run(List.of("xdotool", "search", "--onlyvisible", "--name", title, "windowfocus", "--sync")));
    }

    private boolean run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
