package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Card;
import dev.patchbay.desktop.controls.FxInbox;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.LevelMeter;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceDevices;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.words.Words;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Microphone, speaker and ringer, tests for both ways, and how the microphone is cleaned. Listens to the engine only
/// while it shows.
final class SoundSection extends Section {
    private static final Duration TEST = Duration.ofSeconds(3);

    private final Voice voice;
    private final Preferences preferences;
    private final ComboBox<VoiceDevices.Device> microphone = box();
    private final ComboBox<VoiceDevices.Device> speaker = box();
    private final ComboBox<VoiceDevices.Device> ringer = box();
    private final CheckBox echo = new CheckBox();
    private final CheckBox noise = new CheckBox();
    private final CheckBox gain = new CheckBox();
    private final LevelMeter meter = new LevelMeter();
    private final Label tested = new Label();
    private final VBox trouble = new VBox();
    private final FxInbox<VoiceEvent> inbox = new FxInbox<>(events -> events.forEach(this::event));
    private Voice.@Nullable Registration listening;
    private boolean filling;

    SoundSection(Voice voice, Preferences preferences) {
        this.voice = voice;
        this.preferences = preferences;
        meter.accessibleTextProperty().bind(Words.bind("settings.sound.level"));
        meter.setMaxWidth(Double.MAX_VALUE);
        tested.getStyleClass().addAll("soft", "small");
        tested.setWrapText(true);
        tested.managedProperty().bind(tested.textProperty().isNotEmpty());
        Button testMicrophone = button("settings.sound.testMicrophone", Feather.MIC, () -> {
            tested.setText(Words.of("settings.sound.speak", TEST.toSeconds()));
            voice.send(new VoiceCommand.TestMicrophone(TEST));
        });
        Button testSpeaker = button(
                "settings.sound.testSpeaker", Feather.VOLUME_2, () -> voice.send(new VoiceCommand.TestSpeaker()));
        getChildren()
                .addAll(
                        trouble,
                        new Card(
                                row(
                                        Words.bind("settings.sound.microphone"),
                                        Words.bind("settings.sound.microphone.text"),
                                        microphone),
                                meter,
                                new HBox(10, testMicrophone),
                                tested),
                        new Card(
                                row(
                                        Words.bind("settings.sound.speaker"),
                                        Words.bind("settings.sound.speaker.text"),
                                        speaker),
                                row(
                                        Words.bind("settings.sound.ringer"),
                                        Words.bind("settings.sound.ringer.text"),
                                        ringer),
                                new HBox(10, testSpeaker)),
                        new Card(
                                row(Words.bind("settings.sound.noise"), Words.bind("settings.sound.noise.text"), noise),
                                row(Words.bind("settings.sound.echo"), Words.bind("settings.sound.echo.text"), echo),
                                row(Words.bind("settings.sound.gain"), Words.bind("settings.sound.gain.text"), gain)));
        SoundChoice kept = preferences.read(SoundChoice.NAME, SoundChoice.class).orElse(SoundChoice.USUAL);
        echo.setSelected(kept.echo());
        noise.setSelected(kept.noise());
        gain.setSelected(kept.gain());
        List.of(echo, noise, gain).forEach(check -> check.setOnAction(_ -> changed(false)));
        List.of(microphone, speaker, ringer).forEach(box -> box.setOnAction(_ -> changed(true)));
        Words.language().subscribe((_, _) -> fill(voice.snapshot().devices()));
    }

    @Override
    void onShow() {
        fill(voice.snapshot().devices());
        missing(voice.snapshot().missing());
        listening = voice.listen(inbox::put);
    }

    @Override
    void onHide() {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        meter.level().set(0);
    }

    private void event(VoiceEvent event) {
        switch (event) {
            case VoiceEvent.Levels levels -> meter.level().set(levels.levels().microphone());
            case VoiceEvent.DevicesChanged changed -> fill(changed.devices());
            case VoiceEvent.AudioMissing missing -> missing(missing.missing());
            case VoiceEvent.AudioFound found -> missing(null);
            case VoiceEvent.MicrophoneTested test ->
                tested.setText(Words.of(
                        test.peak() < 0.02
                                ? "settings.sound.tested.silent"
                                : test.peak() > 0.98 ? "settings.sound.tested.loud" : "settings.sound.tested.good"));
            case VoiceEvent other -> {
                // Calls are the dock's business.
            }
        }
    }

    private void missing(@Nullable MissingAudio missing) {
        trouble.getChildren().clear();
        if (missing != null) {
            trouble.getChildren()
                    .add(new Banner(
                            Tone.WARN,
                            Words.bind(
                                    "settings.sound.missing." + missing.reason().name()),
                            Words.bind(
                                    "settings.sound.missing." + missing.reason().name() + ".text")));
        }
    }

    private void fill(VoiceDevices devices) {
        filling = true;
        SoundChoice kept = preferences.read(SoundChoice.NAME, SoundChoice.class).orElse(SoundChoice.USUAL);
        fill(microphone, devices.microphones(), kept.microphone());
        fill(speaker, devices.speakers(), kept.speaker());
        fill(ringer, devices.speakers(), kept.ringer());
        filling = false;
    }

    private static void fill(
            ComboBox<VoiceDevices.Device> box, List<VoiceDevices.Device> devices, @Nullable String chosen) {
        VoiceDevices.Device standard = new VoiceDevices.Device("", Words.of("settings.sound.standard"), true);
        box.getItems().setAll(standard);
        box.getItems().addAll(devices);
        box.setValue(devices.stream()
                .filter(device -> device.id().equals(chosen))
                .findFirst()
                .orElse(standard));
    }

    private void changed(boolean devices) {
        if (filling) {
            return;
        }
        SoundChoice choice = new SoundChoice(
                id(microphone), id(speaker), id(ringer), echo.isSelected(), noise.isSelected(), gain.isSelected());
        preferences.write(SoundChoice.NAME, choice);
        voice.send(devices ? choice.devices() : choice.processing());
    }

    private static @Nullable String id(ComboBox<VoiceDevices.Device> box) {
        VoiceDevices.Device device = box.getValue();
        return device == null || device.id().isEmpty() ? null : device.id();
    }

    private static ComboBox<VoiceDevices.Device> box() {
        ComboBox<VoiceDevices.Device> box = new ComboBox<>();
        box.setPrefWidth(270);
        box.setMinWidth(USE_PREF_SIZE);
        box.setCellFactory(_ -> new DeviceCell());
        box.setButtonCell(new DeviceCell());
        return box;
    }

    private static Button button(String words, Feather icon, Runnable run) {
        Button button = new Button("", Icon.of(icon));
        button.textProperty().bind(Words.bind(words));
        button.setOnAction(_ -> run.run());
        return button;
    }

    private static final class DeviceCell extends ListCell<VoiceDevices.Device> {
        @Override
        protected void updateItem(VoiceDevices.@Nullable Device device, boolean empty) {
            super.updateItem(device, empty);
            setText(empty || device == null ? null : device.name());
        }
    }
}
