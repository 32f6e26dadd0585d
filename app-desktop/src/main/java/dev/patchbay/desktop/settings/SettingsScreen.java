package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.controls.Segmented;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.words.Words;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The user's own settings, one section at a time; a section is built when it is first opened.
public final class SettingsScreen implements Screen {
    private final Map<Part, Supplier<Section>> makers = new EnumMap<>(Part.class);
    private final Map<Part, Section> made = new EnumMap<>(Part.class);
    private final Segmented<Part> parts = new Segmented<>(Part.SOUND);
    private final VBox place = new VBox();
    private @Nullable Node view;
    private @Nullable Section current;
    private boolean shown;

    /// The sections.
    public enum Part {
        SOUND,
        LOOK,
        KEYS,
        ABOUT
    }

    public SettingsScreen(Voice voice, Look look, Actions actions, Preferences preferences) {
        makers.put(Part.SOUND, () -> new SoundSection(voice, preferences));
        makers.put(Part.LOOK, () -> new LookSection(look, preferences));
        makers.put(Part.KEYS, () -> new ShortcutSection(actions));
        makers.put(Part.ABOUT, AboutSection::new);
    }

    @Override
    public String id() {
        return "settings";
    }

    @Override
    public String titleKey() {
        return "settings.title";
    }

    @Override
    public Feather icon() {
        return Feather.SETTINGS;
    }

    /// Opens a section.
    public void open(Part part) {
        parts.choose(part);
    }

    @Override
    public Node view() {
        if (view == null) {
            view = build();
        }
        return view;
    }

    private Node build() {
        Label title = new Label();
        title.getStyleClass().add("title");
        title.textProperty().bind(Words.bind("settings.title"));
        parts.add(Part.SOUND, Words.bind("settings.sound"));
        parts.add(Part.LOOK, Words.bind("settings.look"));
        parts.add(Part.KEYS, Words.bind("settings.keys"));
        parts.add(Part.ABOUT, Words.bind("settings.about"));
        place.setMaxWidth(760);
        ScrollPane scroll = new ScrollPane(place);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox box = new VBox(title, parts, scroll);
        box.getStyleClass().add("screen");
        parts.chosen().subscribe(this::show);
        return box;
    }

    private void show(Part part) {
        if (current != null && shown) {
            current.onHide();
        }
        Section section = made.get(part);
        if (section == null) {
            section = java.util.Objects.requireNonNull(makers.get(part)).get();
            made.put(part, section);
        }
        current = section;
        place.getChildren().setAll(section);
        if (shown) {
            section.onShow();
        }
    }

    @Override
    public void onShow() {
        shown = true;
        view();
        if (current != null) {
            current.onShow();
        }
    }

    @Override
    public void onHide() {
        shown = false;
        if (current != null) {
            current.onHide();
        }
    }
}
