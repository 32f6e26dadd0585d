package dev.patchbay.desktop.shell;

import dev.patchbay.model.Permission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Everything a user can do, once: menus, the palette, the shortcut sheet and the shortcut editor read this list, and
/// the keys go through it. On the JavaFX thread only.
public final class Actions {
    private static final String KEPT = "patchbay.keys";

    private final ObservableList<Action> all = FXCollections.observableArrayList();
    private final ObservableMap<String, KeyCombination> changed = FXCollections.observableHashMap();
    private Predicate<Permission> may = _ -> true;
    private boolean paused;

    /// One thing to do.
    ///
    /// @param id stable, such as `call.answer`; the user's own shortcuts are kept by it
    /// @param words the key of its name
    /// @param shortcut as [KeyCombination#valueOf] reads it, such as `Shortcut+K`; null for none
    /// @param permission needed to see it; null for everybody
    /// @param enabled whether it can be done just now
    public record Action(
            String id,
            String words,
            Feather icon,
            @Nullable String shortcut,
            @Nullable Permission permission,
            ObservableBooleanValue enabled,
            Runnable run) {
        /// One that can always be done, by everybody.
        public Action(String id, String words, Feather icon, @Nullable String shortcut, Runnable run) {
            this(id, words, icon, shortcut, null, Bindings.createBooleanBinding(() -> true), run);
        }

        /// One that can be done while `enabled` holds.
        public Action(
                String id,
                String words,
                Feather icon,
                @Nullable String shortcut,
                ObservableBooleanValue enabled,
                Runnable run) {
            this(id, words, icon, shortcut, null, enabled, run);
        }
    }

    /// Adds it until unsubscribed.
    ///
    /// @throws IllegalArgumentException when the id is taken
    public Subscription add(Action action) {
        if (find(action.id()).isPresent()) {
            throw new IllegalArgumentException("there is an action " + action.id() + " already");
        }
        all.add(action);
        return () -> all.remove(action);
    }

    /// Forgets all of them; before the next user's are added.
    public void clear() {
        all.clear();
    }

    /// Those that the user may see, in the order they were added.
    public List<Action> visible() {
        return all.stream().filter(this::allowed).toList();
    }

    /// For views that follow the list.
    public ObservableList<Action> all() {
        return FXCollections.unmodifiableObservableList(all);
    }

    public Optional<Action> find(String id) {
        return all.stream().filter(action -> action.id().equals(id)).findFirst();
    }

    /// Does it when it exists, is allowed and is enabled.
    ///
    /// @return whether it was done
    public boolean run(String id) {
        Optional<Action> action =
                find(id).filter(this::allowed).filter(a -> a.enabled().get());
        action.ifPresent(a -> a.run().run());
        return action.isPresent();
    }

    /// What the user who signed in may do.
    public void may(Set<Permission> permissions) {
        may = Set.copyOf(permissions)::contains;
    }

    /// The keys in force: the user's own choice or the default.
    public @Nullable KeyCombination keys(Action action) {
        KeyCombination own = changed.get(action.id());
        if (own != null) {
            return own.equals(KeyCombination.NO_MATCH) ? null : own;
        }
        return action.shortcut() == null ? null : KeyCombination.valueOf(action.shortcut());
    }

    /// The keys as the user reads them, such as `Ctrl+K`; empty for none.
    public String keysText(String id) {
        return find(id).map(this::keys).map(KeyCombination::getDisplayText).orElse("");
    }

    /// Which other action has these keys.
    public Optional<Action> holder(KeyCombination keys, String exceptId) {
        return all.stream()
                .filter(action -> !action.id().equals(exceptId))
                .filter(action -> keys.equals(keys(action)))
                .findFirst();
    }

    /// Changes the keys of an action; null takes them away.
    ///
    /// @throws ShortcutTaken when another action has them
    public void remap(String id, @Nullable KeyCombination keys) throws ShortcutTaken {
        if (keys != null) {
            Optional<Action> holder = holder(keys, id);
            if (holder.isPresent()) {
                throw new ShortcutTaken(holder.get());
            }
        }
        changed.put(id, keys == null ? KeyCombination.NO_MATCH : keys);
    }

    /// Back to the default.
    public void reset(String id) {
        changed.remove(id);
    }

    /// The user's own keys by action, as text; empty text where they were taken away. For keeping.
    public Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>();
        changed.forEach((id, keys) -> own.put(id, keys.equals(KeyCombination.NO_MATCH) ? "" : keys.getName()));
        return own;
    }

    /// Takes kept keys over; what cannot be read is left at its default.
    public void own(Map<String, String> kept) {
        changed.clear();
        kept.forEach((id, text) -> {
            try {
                changed.put(id, text.isEmpty() ? KeyCombination.NO_MATCH : KeyCombination.valueOf(text));
            } catch (IllegalArgumentException e) {
                changed.remove(id);
            }
        });
    }

    /// The user's own keys, for views that follow them.
    public ObservableMap<String, KeyCombination> changed() {
        return FXCollections.unmodifiableObservableMap(changed);
    }

    /// Lets a window's keys run actions, whatever has the focus in it.
    public void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (press(event)) {
                event.consume();
            }
        });
    }

    /// Lets all keys through to the control in focus until unsubscribed: a shortcut editor hears them itself.
    public Subscription pause() {
        paused = true;
        return () -> paused = false;
    }

    /// Inside of `node` these keys are the node's own and run no action: Ctrl-Enter in a form saves the form.
    public static void keep(Node node, KeyCombination keys) {
        node.getProperties().put(KEPT, keys);
    }

    private static boolean kept(KeyEvent event) {
        Node node = event.getTarget() instanceof Node target ? target : null;
        for (; node != null; node = node.getParent()) {
            if (node.hasProperties()
                    && node.getProperties().get(KEPT) instanceof KeyCombination keys
                    && keys.match(event)) {
                return true;
            }
        }
        return false;
    }

    private boolean press(KeyEvent event) {
        if (paused || kept(event)) {
            return false;
        }
        for (Action action : List.copyOf(all)) {
            KeyCombination keys = keys(action);
            if (keys != null
                    && keys.match(event)
                    && allowed(action)
                    && action.enabled().get()) {
                action.run().run();
                return true;
            }
        }
        return false;
    }

    private boolean allowed(Action action) {
        return action.permission() == null || may.test(action.permission());
    }

    /// The keys belong to another action.
    public static final class ShortcutTaken extends Exception {
        private final transient Action by;

        ShortcutTaken(Action by) {
            super("the keys belong to " + by.id());
            this.by = by;
        }

        public Action by() {
            return by;
        }
    }
}
