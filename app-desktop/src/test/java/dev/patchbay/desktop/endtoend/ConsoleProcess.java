package dev.patchbay.desktop.endtoend;

import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.FileVault;
import dev.patchbay.desktop.session.LiveLink;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.session.SignIn;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.settings.SoundChoice;
import dev.patchbay.desktop.voice.PrivateSoundServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// The console as a process: its window on a [Display], its voice process on a private sound server, signed in since an
/// earlier time.
final class ConsoleProcess implements AutoCloseable {
    private static final String TITLE = "^Patchbay$";
    private static final String PROFILE = "default";

    private final Path folder;
    private final Path log;
    private final ServerAddress server;
    private final Display display;
    private final PrivateSoundServer sound;
    private Process window;

    ConsoleProcess(Path base, ServerAddress server, String email, Display display, PrivateSoundServer sound)
            throws IOException {
        this.folder = base.resolve("console");
        this.log = base.resolve("console.log");
        this.server = server;
        this.display = display;
        this.sound = sound;
        ConsoleFolder place = ConsoleFolder.at(folder, PROFILE);
        new SignIn(place, new FileVault(place), Runnable::run, InstantSource.system(), true, LiveLink.Timing.USUAL)
                .signIn(server, email, ServerProcess.PASSWORD)
                .close();
        // The telephone rings at the desk and talks at the headset; neither is left to the system's default.
        new Preferences(place.file("preferences.json"))
                .write(SoundChoice.NAME, new SoundChoice("mic", "headset", "desk", true, true, true));
        window = started();
    }

    private Process started() throws IOException {
        Map<String, String> environment = new HashMap<>(sound.environment());
        environment.putAll(display.environment());
        return JavaProgram.start(
                log,
                environment,
                "dev.patchbay.desktop.Main",
                List.of("console", "--server", server.text(), "--folder", folder.toString(), "--profile", PROFILE));
    }

    void press(String... keys) {
        display.press(TITLE, keys);
    }

    /// The agent looks at the window.
    void focus() {
        display.focus(TITLE);
    }

    /// Ends the window's process as a crash does; the voice process is another one.
    void killWindow() {
        JavaProgram.kill(window);
    }

    void startAgain() throws IOException {
        window = started();
    }

    /// The number of the voice process; empty while there is none.
    OptionalLong voice() {
        Path lock = runtime().resolve("voice-" + PROFILE + ".lock");
        try {
            String text = Files.exists(lock) ? Files.readString(lock).strip() : "";
            if (!text.matches("[0-9]{1,10}")) {
                return OptionalLong.empty();
            }
            long pid = Long.parseLong(text);
            boolean ours = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .orElse("")
                    .contains("EngineMain");
            return ours ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    void killVoice() {
        voice().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }));
    }

    private Path runtime() {
        return Path.of(sound.environment().getOrDefault("XDG_RUNTIME_DIR", ""), "patchbay");
    }

    @Override
    public void close() {
        killWindow();
        killVoice();
    }
}
