package dev.patchbay.desktop.voice;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Starts the voice process so that it outlives the window: a session of its own where the system has `setsid` (a
/// closed
/// terminal or a signal to the window's group does not reach it), no pipe to the window, its words in a log file.
final class EngineLauncher {
    private static final String MAIN = "dev.patchbay.desktop.voice.engine.EngineMain";
    private static final long LONGEST_LOG = 1 << 20;

    private final EngineSettings settings;

    private final Map<String, String> environment;

    /// @param environment put over this process' own
    EngineLauncher(EngineSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
    }

    Process start() throws IOException {
        settings.prepare();
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) command.add(setsid.toString());
        command.add(java(windows));
        // Small: the sound is in native memory. Serial and C1 start faster and need less than the defaults.
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dlogback.configurationFile=dev/patchbay/desktop/voice/logback-voice.xml");
        command.add(MAIN);
        command.addAll(settings.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().putAll(environment);
        // Meant for the window's JVM (AOT cache, agents), not for this one.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.directory(settings.state().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.redirectInput(new File(windows ? "NUL" : "/dev/null"));
        return builder.start();
    }

    private static String java(boolean windows) {
        return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java")
                .toString();
    }

    /// Absolute, because the process has another working directory.
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path log() throws IOException {
        Path log = settings.log();
        if (Files.exists(log) && Files.size(log) > LONGEST_LOG)
            Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        return log;
    }

    /// Ends a process that holds the profile's lock and does not answer. The lock file holds its number; a number that
    /// now belongs to another program is left alone.
    void evict() throws IOException {
        if (!Files.exists(settings.lock())) return;
        String text = Files.readString(settings.lock()).strip();
        if (!text.matches("[0-9]{1,10}")) return;
        ProcessHandle.of(Long.parseLong(text))
                .filter(process -> process.info().commandLine().orElse("").contains(MAIN))
                .ifPresent(ProcessHandle::destroyForcibly);
    }
}
