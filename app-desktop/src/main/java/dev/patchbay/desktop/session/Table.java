package dev.patchbay.desktop.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/// Things of one kind, by id: a snapshot kept true by events. A newer version replaces an older one, never the other
/// way round, so snapshots and events may cross.
///
/// Reading is for any thread. Listeners are called on the screen's thread, with everything that changed since the last
/// turn at once.
///
/// @param <K> the id
/// @param <V> the thing, immutable
public final class Table<K, V> {
    private final Function<V, K> id;
    private final ToLongFunction<V> version;
    private final Executor screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, V> rows = new LinkedHashMap<>();
    /// Versions of what was deleted, as long as a snapshot is under way that may still hold it.
    private final Map<K, Long> gone = new HashMap<>();
    /// What came by an event, as long as a snapshot is under way that may be too old to have it.
    private final Set<K> arrived = new HashSet<>();

    private boolean loading;
    private final Published<Face> face;
    private final List<Consumer<Change<K, V>>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Pending<K, V> pending;

    public Table(Function<V, K> id, ToLongFunction<V> version, Executor screen) {
        this.id = id;
        this.version = version;
        this.screen = screen;
        face = new Published<>(new Face.Loading(), screen);
    }

    /// What a list shows as a whole.
    public sealed interface Face {
        /// Nothing is known yet.
        record Loading() implements Face {}

        /// The rows are the truth, as far as the line is there.
        record Full() implements Face {}

        /// The snapshot could not be had; it is tried again with the next connection, or by `Stores.reload`.
        record Failed(RuntimeException why) implements Face {}
    }

    /// What changed since the last turn of the screen.
    ///
    /// @param reloaded whether everything before is void: `changed` is the whole table then
    /// @param changed new and replaced things
    /// @param removed ids of what is gone
    public record Change<K, V>(boolean reloaded, List<V> changed, List<K> removed) {}

    private static final class Pending<K, V> {
        boolean reloaded;
        final Map<K, @Nullable V> touched = new LinkedHashMap<>();
    }

    /// All rows, in the order they came.
    public List<V> all() {
        lock.lock();
        try {
            return List.copyOf(rows.values());
        } finally {
            lock.unlock();
        }
    }

    public Optional<V> find(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(rows.get(key));
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return rows.size();
        } finally {
            lock.unlock();
        }
    }

    public ReadOnlyObjectProperty<Face> face() {
        return face.property();
    }

    Face faceNow() {
        return face.now();
    }

    /// Hears changes on the screen's thread. Call on the screen's thread: the first change, with everything, comes at
    /// once.
    public Registration listen(Consumer<Change<K, V>> listener) {
        listener.accept(new Change<>(true, all(), List.of()));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Ends a listening.
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// @return whether it was news
    public boolean put(V value) {
        lock.lock();
        try {
            K key = id.apply(value);
            V old = rows.get(key);
            Long grave = gone.get(key);
            long now = version.applyAsLong(value);
            if ((old != null && version.applyAsLong(old) >= now) || (grave != null && grave >= now)) {
                return false;
            }
            rows.put(key, value);
            if (loading) {
                arrived.add(key);
            }
            touch(key, value);
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void remove(V last) {
        lock.lock();
        try {
            K key = id.apply(last);
            if (loading) {
                gone.put(key, version.applyAsLong(last));
            }
            if (rows.remove(key) != null) {
                touch(key, null);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Opens the time in which a snapshot and events may cross.
    void beginLoading() {
        lock.lock();
        try {
            loading = true;
            forgetCrossing();
        } finally {
            lock.unlock();
        }
        if (!(face.now() instanceof Face.Full)) {
            face.set(new Face.Loading());
        }
    }

    /// Makes the snapshot the truth, except where an event brought something newer meanwhile.
    ///
    /// @param unlisted whether a row stays that the snapshot does not have (it is of a kind that the snapshot
    /// leaves
    /// out, or came by an event after it)
    public void load(Collection<V> snapshot, Predicate<V> unlisted) {
        lock.lock();
        try {
            Map<K, V> before = new LinkedHashMap<>(rows);
            rows.clear();
            for (V value : snapshot) {
                K key = id.apply(value);
                Long grave = gone.get(key);
                V known = before.remove(key);
                if (grave != null && grave >= version.applyAsLong(value)) {
                    continue;
                }
                boolean newer = known != null && version.applyAsLong(known) > version.applyAsLong(value);
                rows.put(key, newer ? known : value);
            }
            before.forEach((key, kept) -> {
                if (arrived.contains(key) || unlisted.test(kept)) {
                    rows.put(key, kept);
                }
            });
            loading = false;
            forgetCrossing();
            reloaded();
        } finally {
            lock.unlock();
        }
        face.set(new Face.Full());
    }

    public void failed(RuntimeException why) {
        lock.lock();
        try {
            loading = false;
            forgetCrossing();
        } finally {
            lock.unlock();
        }
        face.set(new Face.Failed(why));
    }

    private void forgetCrossing() {
        gone.clear();
        arrived.clear();
    }

    private void reloaded() {
        Pending<K, V> now = pendingNow();
        now.reloaded = true;
        now.touched.clear();
    }

    private void touch(K key, @Nullable V value) {
        Pending<K, V> now = pendingNow();
        if (!now.reloaded) {
            now.touched.put(key, value);
        }
    }

    private Pending<K, V> pendingNow() {
        Pending<K, V> now = pending;
        if (now == null) {
            now = new Pending<>();
            pending = now;
            screen.execute(this::tell);
        }
        return now;
    }

    private void tell() {
        Change<K, V> change;
        lock.lock();
        try {
            Pending<K, V> now = pending;
            pending = null;
            if (now == null) {
                return;
            }
            if (now.reloaded) {
                change = new Change<>(true, List.copyOf(rows.values()), List.of());
            } else {
                List<V> changed = new ArrayList<>();
                List<K> removed = new ArrayList<>();
                now.touched.forEach((key, value) -> {
                    if (value == null) {
                        removed.add(key);
                    } else {
                        changed.add(value);
                    }
                });
                change = new Change<>(false, changed, removed);
            }
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.accept(change));
    }
}
