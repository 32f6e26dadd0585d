package dev.patchbay.desktop.session;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// A value that is set on any thread and seen by screens on theirs. A burst of values costs the screen one turn: it
/// sees
/// the last one.
///
/// @param <T> an immutable value
public final class Published<T> {
    private final Executor screen;
    private final ObjectProperty<T> property;
    private volatile T latest;
    private final AtomicBoolean due = new AtomicBoolean();

    public Published(T first, Executor screen) {
        this(new SimpleObjectProperty<>(first), first, screen);
    }

    private Published(ObjectProperty<T> property, T first, Executor screen) {
        this.screen = screen;
        this.property = property;
        latest = first;
    }

    /// Publishes into a property that is there already and has this value.
    public static <T> Published<T> into(ObjectProperty<T> property, T first, Executor screen) {
        return new Published<>(property, first, screen);
    }

    public void set(T value) {
        latest = value;
        if (due.compareAndSet(false, true)) {
            screen.execute(() -> {
                due.set(false);
                property.set(latest);
            });
        }
    }

    /// What was set last, whether the screen has seen it or not; for any thread.
    public T now() {
        return latest;
    }

    /// For the screen's thread.
    public ReadOnlyObjectProperty<T> property() {
        return property;
    }
}
