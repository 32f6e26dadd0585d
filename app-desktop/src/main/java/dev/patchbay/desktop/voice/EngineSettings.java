package dev.patchbay.desktop.voice;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which engine, and how it runs.
///
/// @param profile one engine per profile; letters, digits, `-` and `_`
/// @param runtime private folder of the socket; its path is short (a Unix-domain socket's name has about 100 bytes)
/// @param state folder of the engine's log
/// @param sound false: no devices, links speak and write files (tests, simulated callers)
/// @param idle how long an engine without window and without links stays
/// @param recycleAfter links after which an idle engine is replaced by a fresh one (libwebrtc leaks about 0.2 MB each)
public record EngineSettings(String profile, Path runtime, Path state, boolean sound, Duration idle, int recycleAfter) {
    public EngineSettings {
        if (!profile.matches("[A-Za-z0-9_-]{1,32}"))
            throw new IllegalArgumentException("profile: up to 32 letters, digits, - and _");
        if (recycleAfter < 1) throw new IllegalArgumentException("recycleAfter: at least 1");
    }

    /// With sound, in the user's own folders.
    public static EngineSettings standard(String profile, Path state) {
        return new EngineSettings(profile, runtimeFolder(), state, true, Duration.ofSeconds(30), 200);
    }

    /// Without sound, in folders of the caller's choice.
    public static EngineSettings silent(String profile, Path folder) {
        return new EngineSettings(profile, folder, folder, false, Duration.ofSeconds(30), 200);
    }

    public EngineSettings withIdle(Duration now) {
        return new EngineSettings(profile, runtime, state, sound, now, recycleAfter);
    }

    public EngineSettings withRecycleAfter(int now) {
        return new EngineSettings(profile, runtime, state, sound, idle, now);
    }

    public Path socket() {
        return runtime.resolve("voice-" + profile + ".sock");
    }

    /// Held by the engine as long as it lives: one engine per profile.
    public Path lock() {
        return runtime.resolve("voice-" + profile + ".lock");
    }

    public Path log() {
        return state.resolve("voice-" + profile + ".log");
    }

    /// `$XDG_RUNTIME_DIR/patchbay`, else `run` in a folder of ours in the user's home.
    public static Path runtimeFolder() {
        @Nullable String xdg = System.getenv("XDG_RUNTIME_DIR");
        if (xdg != null && Files.isDirectory(Path.of(xdg))) return Path.of(xdg, "patchbay");
        @Nullable String local = System.getenv("LOCALAPPDATA");
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        if (windows && local != null) return Path.of(local, "Patchbay", "run");
        return Path.of(System.getProperty("user.home", "."), ".patchbay", "run");
    }

    /// Makes the folders; the one of the socket is for its owner only, which is what guards the socket.
    ///
    /// @throws IOException when they cannot be made, or the socket's folder is another user's
    public void prepare() throws IOException {
        Files.createDirectories(state);
        Files.createDirectories(runtime);
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) return;
        // Fails when the folder is not ours, and that is right.
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    }

    /// As arguments of the process, for [#parse].
    public List<String> arguments() {
        return List.of(
                profile,
                runtime.toAbsolutePath().toString(),
                state.toAbsolutePath().toString(),
                sound ? "sound" : "silent",
                idle.toString(),
                Integer.toString(recycleAfter));
    }

    /// @throws IllegalArgumentException when these are not [#arguments]
    public static EngineSettings parse(String[] arguments) {
        if (arguments.length != 6) throw new IllegalArgumentException("six arguments are needed");
        return new EngineSettings(
                arguments[0],
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                arguments[3].equals("sound"),
                Duration.parse(arguments[4]),
                Integer.parseInt(arguments[5]));
    }
}
