package dev.patchbay.desktop.softphone;

import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.model.AgentView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What the dock shows. Changes on the screen's thread only; [Softphone] sets it, views bind to it.
public final class PhoneModel {
    private final ObjectProperty<DockState> state = new SimpleObjectProperty<>(DockState.IDLE);
    private final ObjectProperty<VoiceLevels> levels = new SimpleObjectProperty<>(VoiceLevels.SILENT);
    private final ObjectProperty<@Nullable Sound> sound = new SimpleObjectProperty<>();
    private final ObjectProperty<VoiceEvent.Warning.@Nullable Kind> warning = new SimpleObjectProperty<>();
    private final ObjectProperty<VoiceTrouble> trouble = new SimpleObjectProperty<>(new VoiceTrouble.None());
    private final ObjectProperty<Notes> notes = new SimpleObjectProperty<>(Notes.NONE);
    private final ObjectProperty<@Nullable AgentView> agent = new SimpleObjectProperty<>();
    private final ObjectProperty<List<Choice>> dispositions = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<List<Choice>> breakReasons = new SimpleObjectProperty<>(List.of());
    private final List<Consumer<Notice>> notices = new CopyOnWriteArrayList<>();

    /// Something to choose from.
    ///
    /// @param id what is sent
    /// @param name what is read
    /// @param shortcut the key that chooses it; null when it has none
    public record Choice(String id, String name, @Nullable String shortcut) {}

    public ObjectProperty<DockState> state() {
        return state;
    }

    /// At most ten times in a second.
    public ObjectProperty<VoiceLevels> levels() {
        return levels;
    }

    /// Null until the first report of a call.
    public ObjectProperty<@Nullable Sound> sound() {
        return sound;
    }

    public ObjectProperty<VoiceEvent.Warning.@Nullable Kind> warning() {
        return warning;
    }

    public ObjectProperty<VoiceTrouble> trouble() {
        return trouble;
    }

    public ObjectProperty<Notes> notes() {
        return notes;
    }

    /// The own agent; null when this user takes no calls.
    public ObjectProperty<@Nullable AgentView> agent() {
        return agent;
    }

    public ObjectProperty<List<Choice>> dispositions() {
        return dispositions;
    }

    public ObjectProperty<List<Choice>> breakReasons() {
        return breakReasons;
    }

    /// Hears what is to be said once.
    public AutoCloseable onNotice(Consumer<Notice> listener) {
        notices.add(listener);
        return () -> notices.remove(listener);
    }

    /// Says something once; screens' thread.
    public void say(Notice notice) {
        notices.forEach(listener -> listener.accept(notice));
    }
}
