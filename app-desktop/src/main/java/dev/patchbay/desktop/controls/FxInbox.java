package dev.patchbay.desktop.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;

/// Carries events from any thread to the JavaFX thread, a whole burst at a time: however many are put in before the
/// screen gets its turn, they cost one `runLater` and arrive as one list, in order.
///
/// Not promised: that events put in by different threads keep an order among each other.
public final class FxInbox<T> {
    private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Consumer<List<T>> reader;
    private final Executor turn;

    public FxInbox(Consumer<List<T>> reader) {
        this(reader, Platform::runLater);
    }

    FxInbox(Consumer<List<T>> reader, Executor turn) {
        this.reader = reader;
        this.turn = turn;
    }

    public void put(T event) {
        waiting.add(event);
        if (rung.compareAndSet(false, true)) {
            turn.execute(this::drain);
        }
    }

    private void drain() {
        // Cleared before reading: an event that comes in now rings again, rather than being left lying.
        rung.set(false);
        List<T> batch = new ArrayList<>();
        for (T event = waiting.poll(); event != null; event = waiting.poll()) {
            batch.add(event);
        }
        if (!batch.isEmpty()) {
            reader.accept(batch);
        }
    }
}
