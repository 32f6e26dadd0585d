package dev.patchbay.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.controls.LevelMeter;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceDevices;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.desktop.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The settings on a scripted engine.
@ExtendWith(ApplicationExtension.class)
class SettingsScreenTest {
    private final ScriptedVoice voice = new ScriptedVoice();
    private SettingsScreen screen;
    private Preferences preferences;
    private Look look;

    @Start
    void start(Stage stage) throws IOException {
        Words.speak(Locale.ENGLISH);
        preferences = new Preferences(Files.createTempDirectory("settings").resolve("preferences.json"));
        look = new Look();
        look.choice().set(Look.Choice.LIGHT);
        screen = new SettingsScreen(voice, look, new Actions(), preferences);
        Scene scene = new Scene((Parent) screen.view(), 1000, 800);
        look.dress(scene);
        stage.setScene(scene);
        stage.show();
        screen.onShow();
    }

    @Test
    void aChosenMicrophoneGoesToTheEngineAndIsKept(FxRobot robot) {
        VoiceDevices.Device device = ScriptedVoice.DEVICES.microphones().getLast();
        robot.interact(() -> {
            @SuppressWarnings("unchecked") // the first box of the section holds microphones
            ComboBox<VoiceDevices.Device> box = (ComboBox<VoiceDevices.Device>)
                    robot.lookup(".combo-box").queryAll().iterator().next();
            box.setValue(device);
        });
        assertThat(voice.received()).contains(new VoiceCommand.ChooseDevices(device.id(), null, null));
        assertThat(preferences.read(SoundChoice.NAME, SoundChoice.class))
                .hasValueSatisfying(kept -> assertThat(kept.microphone()).isEqualTo(device.id()));
    }

    @Test
    void aSwitchGoesToTheEngineAndIsKept(FxRobot robot) {
        robot.interact(() ->
                ((CheckBox) robot.lookup(".check-box").queryAll().iterator().next()).fire());
        assertThat(voice.received()).contains(new VoiceCommand.Processing(true, false, true, true));
        assertThat(preferences.read(SoundChoice.NAME, SoundChoice.class))
                .hasValueSatisfying(kept -> assertThat(kept.noise()).isFalse());
    }

    @Test
    void theLevelMovesWhileTheScreenShowsAndNotAfter(FxRobot robot) {
        LevelMeter meter = robot.lookup(".meter").query();
        voice.levels(new VoiceLevels(0.5, Map.of()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(meter.level().get()).isEqualTo(0.5);
        robot.interact(screen::onHide);
        voice.levels(new VoiceLevels(0.9, Map.of()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(meter.level().get()).isZero();
    }

    @Test
    void missingSoundIsSaidWithWhatMendsItAndGoesWhenFound(FxRobot robot) {
        voice.missing(new MissingAudio(MissingAudio.Reason.NO_SOUND_SERVER, "Start PipeWire."));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(says(robot, "This computer has no sound service running.")).isTrue();
        voice.missing(null);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(says(robot, "This computer has no sound service running.")).isFalse();
    }

    @Test
    void aMicrophoneTestEndsInAPlainVerdict(FxRobot robot) {
        voice.tell(new VoiceEvent.MicrophoneTested(0.001));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(says(robot, Words.of("settings.sound.tested.silent"))).isTrue();
        voice.tell(new VoiceEvent.MicrophoneTested(0.4));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(says(robot, Words.of("settings.sound.tested.good"))).isTrue();
    }

    @Test
    void lookAndLanguageComeBackAtTheNextStart(FxRobot robot) {
        robot.interact(() -> {
            Personal.apply(preferences, look);
            look.choice().set(Look.Choice.DARK);
            look.scale().set(1.5);
            screen.open(SettingsScreen.Part.LOOK);
            robot.lookup("Deutsch").<javafx.scene.control.ToggleButton>query().fire();
            assertThat(says(robot, "Sprache")).isTrue();
            Words.speak(Locale.ENGLISH);
            Look next = new Look();
            Personal.apply(preferences, next);
            assertThat(next.theme().get()).isEqualTo(Look.Theme.DARK);
            assertThat(next.scale().get()).isEqualTo(1.5);
            assertThat(Words.language().get()).isEqualTo(Locale.GERMAN);
            Words.speak(Locale.ENGLISH);
        });
    }

    private static boolean says(FxRobot robot, String text) {
        return robot.lookup(node -> node instanceof Label label && text.equals(label.getText()))
                .tryQuery()
                .isPresent();
    }
}
