package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.shell.Shell;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.voice.VoiceLevels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.layout.Region;

/// The settings' scenes for [Screenshots].
public final class SettingsScenes {
    private SettingsScenes() {}

    public static void register(Screenshots shots) {
        Look look = shots.look();
        shots.add("settings-sound", () -> window(look, SettingsScreen.Part.SOUND, false));
        shots.add("settings-sound-missing", () -> window(look, SettingsScreen.Part.SOUND, true));
        shots.add("settings-look", () -> window(look, SettingsScreen.Part.LOOK, false));
        shots.add("settings-keys", () -> window(look, SettingsScreen.Part.KEYS, false));
        shots.add("settings-about", () -> window(look, SettingsScreen.Part.ABOUT, false));
    }

    private static Shell window(Look look, SettingsScreen.Part part, boolean missing) {
        ScriptedVoice voice = new ScriptedVoice();
        if (missing) {
            voice.missing(new MissingAudio(MissingAudio.Reason.NO_SOUND_SERVER, ""));
        }
        Preferences preferences = new Preferences(Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("patchbay-pictures-" + ProcessHandle.current().pid())
                .resolve("settings.json"));
        Actions actions = new Actions();
        Region dock = new Region();
        SettingsScreen screen = new SettingsScreen(voice, look, actions, preferences);
        Shell shell = ShellScenes.window(ShellScenes.sample(), actions, List.of(screen), dock);
        screen.open(part);
        voice.levels(new VoiceLevels(0.55, Map.of()));
        return shell;
    }
}
