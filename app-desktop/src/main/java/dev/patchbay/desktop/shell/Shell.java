package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.model.Me;
import dev.patchbay.model.Permission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The console's window content after sign-in: rail, top bar, banners, the screen in the centre, the call dock at the
/// right, and toasts, palette and shortcut sheet above all of it.
public final class Shell extends StackPane {
    /// Below this the rail folds by itself: a list, a form and the dock want the room.
    private static final double NARROW = 1000;

    private final Actions actions;
    private final Preferences preferences;
    private final List<Screen> screens;
    private final Rail rail;
    private final Toasts toasts;
    private final VBox banners = new VBox(8);
    private final StackPane centre = new StackPane();
    private final Palette palette;
    private Set<Permission> permissions = Set.of();
    private @Nullable Screen current;

    /// @param screens in the order of the rail; those that the user may not use are left out
    /// @param dock the call dock, or any node with a width of its own
    public Shell(ShellModel model, Actions actions, Preferences preferences, List<Screen> screens, Node dock) {
        this(model, actions, preferences, screens, dock, new Toasts());
    }

    /// @param toasts where screens say what happened; shown over the whole window
    public Shell(
            ShellModel model,
            Actions actions,
            Preferences preferences,
            List<Screen> screens,
            Node dock,
            Toasts toasts) {
        this.toasts = toasts;
        this.actions = actions;
        this.preferences = preferences;
        this.screens = List.copyOf(screens);
        this.rail = new Rail(model, actions);
        this.palette = new Palette(actions);
        ShortcutSheet sheet = new ShortcutSheet(actions);
        getStyleClass().add("shell");
        banners.getStyleClass().add("banners");
        banners.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(banners.getChildren()));
        banners.managedProperty().bind(banners.visibleProperty());
        VBox middle = new VBox(banners, centre);
        VBox.setVgrow(centre, Priority.ALWAYS);
        HBox.setHgrow(middle, Priority.ALWAYS);
        middle.setMinWidth(0);
        centre.setMinWidth(0);
        centre.setMinHeight(0);
        HBox work = new HBox(middle, dock);
        VBox.setVgrow(work, Priority.ALWAYS);
        work.setMinHeight(0);
        VBox right = new VBox(new TopBar(model, actions), work);
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        HBox all = new HBox(rail, right);
        getChildren().addAll(all, toasts, sheet.node(), palette.node());
        register(sheet, model);
        rail.collapsed().set(preferences.read("rail", Boolean.class).orElse(false));
        rail.collapsed().subscribe((_, now) -> {
            if (getWidth() >= NARROW) {
                preferences.write("rail", now);
            }
        });
        widthProperty().subscribe(now -> {
            if (now.doubleValue() > 0) {
                rail.collapsed()
                        .set(now.doubleValue() < NARROW
                                || preferences.read("rail", Boolean.class).orElse(false));
            }
        });
        model.me().subscribe(this::user);
    }

    /// Where news appear.
    public Toasts toasts() {
        return toasts;
    }

    /// The place above the screens for what is the matter; add and remove [dev.patchbay.desktop.controls.Banner]s.
    public VBox banners() {
        return banners;
    }

    public Palette palette() {
        return palette;
    }

    public Actions actions() {
        return actions;
    }

    /// The id of the screen that shows; empty before any does.
    public String current() {
        return current == null ? "" : current.id();
    }

    /// Shows a screen, if the user may use it.
    public void go(String id) {
        screens.stream()
                .filter(screen -> screen.id().equals(id) && allowed(screen))
                .findFirst()
                .ifPresent(this::go);
    }

    /// Before the shell is thrown away (sign-out): the screen in view lets go of what it bound.
    public void close() {
        if (current != null) {
            current.onHide();
            current = null;
        }
        centre.getChildren().clear();
    }

    private void go(Screen screen) {
        if (screen.equals(current)) {
            return;
        }
        if (current != null) {
            current.onHide();
        }
        current = screen;
        screen.onShow();
        Node view = screen.view();
        if (view instanceof Region region) {
            // Otherwise a screen that wants more room than there is is centred and covers rail and dock.
            region.setMinSize(0, 0);
        }
        centre.getChildren().setAll(view);
        rail.current(screen.id());
        preferences.write("screen", screen.id());
    }

    private void register(ShortcutSheet sheet, ShellModel model) {
        int number = 1;
        for (Screen screen : screens) {
            String keys =
                    screen.id().equals("settings") ? "Shortcut+Comma" : screen.inRail() ? "Alt+" + number++ : null;
            actions.add(new Actions.Action(
                    "go." + screen.id(),
                    screen.titleKey(),
                    screen.icon(),
                    keys,
                    screen.permission(),
                    new javafx.beans.property.SimpleBooleanProperty(true),
                    () -> go(screen)));
        }
        actions.add(new Actions.Action(
                "shell.palette", "shell.action.palette", Feather.SEARCH, "Shortcut+K", palette::open));
        actions.add(new Actions.Action(
                "shell.rail", "shell.action.rail", Feather.SIDEBAR, "Shortcut+B", () -> rail.collapsed()
                        .set(!rail.collapsed().get())));
        actions.add(
                new Actions.Action("help.shortcuts", "shell.action.shortcuts", Feather.HELP_CIRCLE, "F1", sheet::open));
        actions.add(
                new Actions.Action("session.signOut", "shell.action.signOut", Feather.LOG_OUT, null, model::signOut));
        preferences.read("shortcuts", Kept.class).ifPresent(kept -> actions.own(kept.keys()));
        actions.changed().addListener((javafx.beans.InvalidationListener)
                _ -> preferences.write("shortcuts", new Kept(actions.own())));
    }

    private void user(@Nullable Me me) {
        permissions = me == null ? Set.of() : me.permissions();
        actions.may(permissions);
        List<Screen> allowed = screens.stream().filter(this::allowed).toList();
        rail.show(allowed.stream().filter(Screen::inRail).toList(), this::go);
        if (me == null || allowed.isEmpty()) {
            return;
        }
        if (current != null && allowed.contains(current)) {
            rail.current(current.id());
            return;
        }
        String last = preferences.read("screen", String.class).orElse("");
        go(allowed.stream()
                .filter(screen -> screen.id().equals(last))
                .findFirst()
                .orElse(allowed.getFirst()));
    }

    private boolean allowed(Screen screen) {
        Permission needed = screen.permission();
        return needed == null || permissions.contains(needed);
    }

    /// The user's own keys as they are kept.
    record Kept(Map<String, String> keys) {}
}
