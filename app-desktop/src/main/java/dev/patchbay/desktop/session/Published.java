package dev.patchbay.desktop.session;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A value that is set on any thread and seen by screens on theirs. A burst of values costs the screen one turn: it
// sees
/// the last one.
///
/// @param <T> an immutable value
public final class Published<T> {
    private final Executor screen;
    private final ReadOnlyObjectWrapper<T> property;
    private volatile T latest;
    private final AtomicBoolean due = new AtomicBoolean();

    public Published(T first, Executor screen) {
        this.screen = screen;
        property = new ReadOnlyObjectWrapper<>(first);
        latest = first;
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
        return property.getReadOnlyProperty();
    }
}
