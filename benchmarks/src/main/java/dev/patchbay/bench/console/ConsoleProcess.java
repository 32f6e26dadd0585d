package dev.patchbay.bench.console;

import dev.patchbay.bench.Programs;
import dev.patchbay.desktop.voice.EngineSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [DrivenConsole] as seen from outside.
public final class ConsoleProcess implements AutoCloseable {
    /// The options of `./patchbay console`.
    public static final List<String> USUAL = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-Xms32m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=15",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:SoftRefLRUPolicyMSPerMB=1",
            "-XX:TieredStopAtLevel=1");

    /// More options, to try what they bring: `JAVA_TOOL_OPTIONS` would reach the voice process and this one too.
    static final List<String> MORE = Arrays.stream(
                    System.getenv().getOrDefault("PATCHBAY_BENCH_JVM", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final PrintStream in;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /// Starts it; [#await] `opened`.
    ///
    /// @param jvm options, as `./patchbay console` gives them
    /// @param recycleAfter links until the voice process is replaced
    public ConsoleProcess(Path folder, ServerProcess server, List<String> jvm, int recycleAfter) throws IOException {
        this.folder = folder;
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(jvm);
        command.addAll(MORE);
        command.addAll(List.of(
                "-cp",
                Programs.classPath(),
                DrivenConsole.class.getName(),
                folder.toString(),
                server.url().toString(),
                "agent@demo.test",
                Integer.toString(recycleAfter)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("console.log").toFile());
        builder.environment().put(ServerProcess.PASSWORD, server.password());
        process = Programs.start(builder);
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("console-says").start(this::listen);
    }

    /// The voice process of the console in `folder`.
    static EngineSettings engine(Path folder) {
        return EngineSettings.silent("agent", folder);
    }

    private void listen() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(DrivenConsole.MARK)) {
                    told.add(line.substring(DrivenConsole.MARK.length()));
                }
            }
        } catch (IOException e) {
            told.add("gone: " + e.getMessage());
        }
    }

    public void say(String word) {
        in.println(word);
    }

    /// Waits until the console tells `word`; what it told before that is forgotten.
    ///
    /// @return what stands behind the word
    public String await(String word) throws InterruptedException, IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        List<String> other = new ArrayList<>();
        while (true) {
            String line = told.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException("the console did not tell \"" + word + "\" within " + PATIENCE.toSeconds()
                        + " s, but " + other + "; its log: " + Files.readString(folder.resolve("console.log")));
            }
            if (line.equals(word) || line.startsWith(word + " ")) {
                return line.substring(word.length()).strip();
            }
            other.add(line);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// The voice process' number, from the lock it holds; 0 while there is none.
    public long voicePid() throws IOException {
        String number = Files.readString(engine(folder).lock()).strip();
        long pid = number.isEmpty() ? 0 : Long.parseLong(number);
        return ProcessHandle.of(pid).isPresent() ? pid : 0;
    }

    @Override
    public void close() throws InterruptedException {
        say("quit");
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            Programs.end(process);
        }
    }
}
