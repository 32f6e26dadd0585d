package dev.patchbay.server.live.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/// What waits to leave by one socket. Mostly nothing: frames go straight to the kernel on the sender's thread, and wait
/// only when it takes no more.
final class Outbox {
    /// So many entries are handed to the kernel at once.
    private static final int GATHERED = 64;

    static final Consumer<Boolean> NOBODY_WAITS = _ -> {};

    private static final ByteBuffer[] NOTHING = {};

    private record Waiting(ByteBuffer frames, int count, Consumer<Boolean> left) {}

    private final EndPoint endPoint;
    private final ReentrantLock lock = new ReentrantLock();
    private final Callback written = Callback.from(this::writeOn, this::fail);
    /// Entries that the kernel has not taken; the first ones are being written.
    private final Queue<Waiting> waiting = new ArrayDeque<>(0);
    private final List<Consumer<Boolean>> leaving = new ArrayList<>(0);
    /// What is being written.
    private ByteBuffer[] rest = NOTHING;
    private int frames;
    private boolean writing;
    private boolean closed;

    Outbox(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    /// Sends frames, or has them wait.
    ///
    /// @param bytes whole frames; others may be sent the same memory, so each call has a buffer of its own
    /// @param count how many frames these are
    /// @param most how many may wait
    /// @param left told once whether the kernel has taken them; false when the socket is gone
    /// @return false when too many wait: these were not taken
    boolean send(ByteBuffer bytes, int count, int most, Consumer<Boolean> left) {
        boolean taken = false;
        lock.lock();
        try {
            if (writing && !closed) {
                if (frames + count > most) {
                    return false;
                }
                frames += count;
                waiting.add(new Waiting(bytes, count, left));
                return true;
            }
            taken = !closed && endPoint.flush(bytes);
            if (!closed && !taken) {
                writing = true;
                leaving.add(left);
                endPoint.write(written, bytes);
                return true;
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
        left.accept(taken);
        return true;
    }

    /// The kernel has taken what was being written: the rest follows.
    private void writeOn() {
        List<Consumer<Boolean>> gone = new ArrayList<>();
        lock.lock();
        try {
            writing = false;
            do {
                gone.addAll(leaving);
                leaving.clear();
            } while (!closed && !waiting.isEmpty() && endPoint.flush(gather()));
            if (!closed && !leaving.isEmpty()) {
                writing = true;
                endPoint.write(written, rest);
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
        gone.forEach(left -> left.accept(true));
    }

    private ByteBuffer[] gather() {
        rest = new ByteBuffer[Math.min(GATHERED, waiting.size())];
        for (int i = 0; i < rest.length; i++) {
            Waiting next = waiting.remove();
            frames -= next.count();
            leaving.add(next.left());
            rest[i] = next.frames();
        }
        return rest;
    }

    private void fail(Throwable cause) {
        close();
        endPoint.close(cause);
    }

    /// Drops what waits; nothing more is sent.
    void close() {
        List<Consumer<Boolean>> dropped;
        lock.lock();
        try {
            closed = true;
            dropped = new ArrayList<>(leaving);
            waiting.forEach(entry -> dropped.add(entry.left()));
            waiting.clear();
            leaving.clear();
            frames = 0;
            rest = NOTHING;
        } finally {
            lock.unlock();
        }
        dropped.forEach(left -> left.accept(false));
    }
}
