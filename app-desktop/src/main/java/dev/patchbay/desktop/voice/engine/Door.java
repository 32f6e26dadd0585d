package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.FrameChannel;
import dev.patchbay.desktop.voice.Greeting;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceJson;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where windows come in. One is attached at a time: the newest; the one before is told and sent away.
///
/// While no window is there, descriptions and candidates are kept for the next one, because nobody can ask for them
/// again; everything else is in the snapshot.
final class Door implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /// A window that is stopped (a debugger, a laptop's lid) has this many frames to catch up with, then it is cut off.
    private static final int MOST_WAITING = 20_000;

    /// Above this, levels are not worth sending.
    private static final int BUSY = 50;

    private static final int MOST_KEPT = 500;

    private final Path socket;
    private final ServerSocketChannel server;
    private final Supplier<VoiceSnapshot> snapshot;
    private final Consumer<VoiceCommand> commands;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<VoiceEvent> kept = new ArrayDeque<>();
    private @Nullable Window window;
    private volatile boolean closed;

    /// @param socket deleted if it is there: the caller holds the profile's lock
    Door(Path socket, Supplier<VoiceSnapshot> snapshot, Consumer<VoiceCommand> commands) throws IOException {
        this.socket = socket;
        this.snapshot = snapshot;
        this.commands = commands;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    void open() {
        Thread.ofPlatform().daemon().name("voice-door").start(this::welcome);
    }

    private void welcome() {
        while (!closed) {
            try {
                attach(new Window(new FrameChannel(server.accept())));
            } catch (IOException e) {
                if (!closed) LOG.warn("a window could not come in; it will try again", e);
            }
        }
    }

    private void attach(Window next) throws IOException {
        next.channel.write(Greeting.own().line());
        lock.lock();
        try {
            if (window != null) window.dismiss();
            window = next;
            next.send(new VoiceEvent.EngineReady(snapshot.get()));
            kept.forEach(next::send);
            kept.clear();
        } finally {
            lock.unlock();
        }
        next.start();
    }

    boolean attached() {
        lock.lock();
        try {
            return window != null;
        } finally {
            lock.unlock();
        }
    }

    /// Never waits.
    void tell(VoiceEvent event) {
        lock.lock();
        try {
            if (window != null) {
                window.send(event);
            } else if (event instanceof VoiceEvent.LocalDescription || event instanceof VoiceEvent.LocalCandidate) {
                kept.add(event);
                if (kept.size() > MOST_KEPT) kept.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private void left(Window gone) {
        lock.lock();
        try {
            if (window == gone) window = null;
        } finally {
            lock.unlock();
        }
    }

    /// Sends what is waiting, then says `bye` (an end on purpose: the window need not be alarmed) or nothing.
    void close(boolean onPurpose) {
        closed = true;
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.debug("closing the socket", e);
        }
        lock.lock();
        try {
            if (window != null) window.leave(onPurpose);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        close(false);
    }

    private final class Window {
        private static final String BYE = "bye";

        private final FrameChannel channel;
        private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        private final Thread writer =
                Thread.ofPlatform().daemon().name("voice-window-out").unstarted(this::write);
        private final Thread reader =
                Thread.ofPlatform().daemon().name("voice-window-in").unstarted(this::read);

        Window(FrameChannel channel) {
            this.channel = channel;
        }

        void start() {
            writer.start();
            reader.start();
        }

        void send(VoiceEvent event) {
            if (event instanceof VoiceEvent.Levels && waiting.size() > BUSY) return;
            waiting.add(VoiceJson.write(event));
            if (waiting.size() > MOST_WAITING) cut();
        }

        /// Empty line: the end of the writer.
        void dismiss() {
            send(new VoiceEvent.TakenOver());
            waiting.add("");
        }

        void leave(boolean onPurpose) {
            if (onPurpose) waiting.add(BYE);
            waiting.add("");
            try {
                writer.join(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void write() {
            try {
                for (String line = waiting.take(); !line.isEmpty(); line = waiting.take()) channel.write(line);
            } catch (IOException e) {
                LOG.debug("a window went away", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cut();
        }

        private void read() {
            try {
                for (String line = channel.read(); line != null; line = channel.read()) obey(line);
            } catch (IOException e) {
                LOG.debug("a window went away", e);
            } finally {
                left(this);
                waiting.add("");
            }
        }

        private void obey(String line) {
            try {
                commands.accept(VoiceJson.command(line));
            } catch (IllegalArgumentException e) {
                tell(new VoiceEvent.Problem(null, "BAD_COMMAND", String.valueOf(e.getMessage())));
            }
        }

        private void cut() {
            left(this);
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a window's socket", e);
            }
        }
    }
}
