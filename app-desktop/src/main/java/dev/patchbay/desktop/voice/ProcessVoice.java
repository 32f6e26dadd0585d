package dev.patchbay.desktop.voice;

import dev.patchbay.desktop.voice.VoiceSnapshot.Engine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The voice process as seen from a window: finds it or starts it, attaches, and does so again when it dies.
///
/// A restart is immediate the first time; a process that keeps dying young is tried at growing distances, up to
/// [#LONGEST_PAUSE], for ever: a headset plugged in tomorrow should work without a restart of the console.
public final class ProcessVoice implements Voice {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessVoice.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration YOUNG = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(3);
    private static final String BYE = "bye";

    private final EngineSettings settings;
    private final EngineLauncher launcher;
    private final List<Consumer<VoiceEvent>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<VoiceCommand> outgoing = new LinkedBlockingQueue<>();
    private final Map<Class<?>, VoiceCommand> kept = new LinkedHashMap<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("voice-events").factory());
    private final Thread client;
    private volatile VoiceSnapshot snapshot = VoiceSnapshot.NOTHING;
    private volatile @Nullable FrameChannel channel;
    private volatile long engine;
    private volatile boolean over;
    private volatile boolean ending;
    private int youngDeaths;

    private ProcessVoice(EngineSettings settings, Map<String, String> environment) {
        this.settings = settings;
        launcher = new EngineLauncher(settings, environment);
        client = Thread.ofPlatform().daemon().name("voice-client").unstarted(this::serve);
    }

    /// Begins to attach; returns at once. Listeners registered now hear everything.
    ///
    /// @param listener the first listener, so that no event is missed; more by [#listen]
    public static ProcessVoice attach(EngineSettings settings, Consumer<VoiceEvent> listener) {
        return attach(settings, Map.of(), listener);
    }

    /// @param environment for the process, over this one's own (another sound server, for example)
    public static ProcessVoice attach(
            EngineSettings settings, Map<String, String> environment, Consumer<VoiceEvent> listener) {
        ProcessVoice voice = new ProcessVoice(settings, environment);
        voice.listeners.add(listener);
        voice.client.start();
        return voice;
    }

    @Override
    public Registration listen(Consumer<VoiceEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public VoiceSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void send(VoiceCommand command) {
        if (over) return;
        boolean setting = command instanceof VoiceCommand.ChooseDevices
                || command instanceof VoiceCommand.Processing
                || (command instanceof VoiceCommand.Mute mute && mute.link() == null);
        synchronized (kept) {
            if (setting) kept.put(command.getClass(), command);
            outgoing.add(command);
        }
    }

    /// The process number of the engine, for diagnosis; empty while there is none.
    public OptionalLong engine() {
        return engine == 0 ? OptionalLong.empty() : OptionalLong.of(engine);
    }

    /// Detaches; the calls go on.
    @Override
    public void close() {
        over = true;
        client.interrupt();
        shut(channel);
        try {
            client.join(2_000);
            teller.shutdown();
            if (!teller.awaitTermination(1, TimeUnit.SECONDS)) teller.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        snapshot = snapshot.withEngine(Engine.DETACHED);
    }

    // ---- the client's thread

    private void serve() {
        try {
            while (!over) {
                tell(new VoiceEvent.EngineStarting());
                long began = System.nanoTime();
                @Nullable String lost;
                try {
                    lost = session(connected());
                } catch (IOException e) {
                    lost = String.valueOf(e.getMessage());
                    if (!over && !ending) {
                        LOG.warn("the voice process is not there ({}); it will be started again", lost);
                    }
                }
                engine = 0;
                if (over) return;
                if (lost == null) continue;
                synchronized (kept) {
                    outgoing.clear();
                }
                tell(new VoiceEvent.EngineLost(lost));
                pause(System.nanoTime() - began);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void pause(long livedNanos) throws InterruptedException {
        youngDeaths = livedNanos < YOUNG.toNanos() ? youngDeaths + 1 : 0;
        if (youngDeaths < 2) return;
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(10, youngDeaths - 2));
        Thread.sleep(millis);
    }

    /// An engine's socket; starts the engine when there is none.
    private FrameChannel connected() throws IOException, InterruptedException {
        @Nullable FrameChannel there = knock();
        if (there != null) return there;
        Process process = launcher.start();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            there = knock();
            if (there != null) return there;
            if (!process.waitFor(15, TimeUnit.MILLISECONDS)) continue;
            if (process.exitValue() != 0) throw new IOException("it ended at its start; see " + settings.log());
            // It found the lock taken: by one that has just been started and will open its socket, or by one that is
            // just ending and will open none.
            Thread.sleep(100);
            there = knock();
            if (there != null) return there;
            process = launcher.start();
        }
        launcher.evict();
        process.destroyForcibly();
        throw new IOException("it did not come up in " + START_LIMIT.toSeconds() + " s; see " + settings.log());
    }

    private @Nullable FrameChannel knock() {
        if (!Files.exists(settings.socket())) return null;
        try {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.connect(UnixDomainSocketAddress.of(settings.socket()));
                return new FrameChannel(socket);
            } catch (IOException e) {
                socket.close();
                return null;
            }
        } catch (IOException _) {
            return null;
        }
    }

    /// Attached until the engine or this window ends.
    ///
    /// @return why the engine was lost; null when that was on purpose
    private @Nullable String session(FrameChannel attached) throws IOException, InterruptedException {
        @Nullable Thread writer = null;
        try (attached) {
            channel = attached;
            Greeting greeting = greeting(attached);
            engine = greeting.pid();
            boolean stale = !greeting.version().equals(Greeting.own().version());
            for (String line = attached.read(); line != null; line = attached.read()) {
                if (line.equals(BYE)) {
                    if (!ending) return null;
                    tell(new VoiceEvent.EngineLost("it was told to end"));
                    over = true;
                    return null;
                }
                VoiceEvent event = VoiceJson.event(line);
                if (stale && event instanceof VoiceEvent.EngineReady ready) {
                    if (ready.snapshot().links().isEmpty()) {
                        attached.write(VoiceJson.write(new VoiceCommand.Shutdown()));
                        continue;
                    }
                    LOG.info("the voice process is of version {}; it is replaced after its calls", greeting.version());
                }
                tell(event);
                if (event instanceof VoiceEvent.TakenOver) {
                    over = true;
                    return null;
                }
                if (event instanceof VoiceEvent.EngineReady && writer == null)
                    writer = Thread.ofPlatform().daemon().name("voice-out").start(() -> write(attached));
            }
            return "the voice process ended unexpectedly";
        } catch (IllegalArgumentException e) {
            throw new IOException("the voice process speaks another language: " + e.getMessage(), e);
        } finally {
            channel = null;
            if (writer != null) {
                writer.interrupt();
                writer.join();
            }
        }
    }

    /// A process that is stopped takes the connection (the kernel does) and says nothing.
    private Greeting greeting(FrameChannel attached) throws IOException {
        Thread impatient = Thread.ofVirtual().unstarted(() -> {
            try {
                Thread.sleep(GREETING_LIMIT);
                launcher.evict();
                attached.close();
            } catch (InterruptedException _) {
                // It greeted.
            } catch (IOException e) {
                LOG.warn("a voice process that does not answer could not be ended", e);
            }
        });
        impatient.start();
        try {
            String line = attached.read();
            if (line == null) throw new IOException("it closed the door");
            return Greeting.parse(line);
        } finally {
            impatient.interrupt();
        }
    }

    private void write(FrameChannel attached) {
        try {
            List<VoiceCommand> settingsFirst;
            synchronized (kept) {
                settingsFirst = List.copyOf(kept.values());
            }
            for (VoiceCommand command : settingsFirst) attached.write(VoiceJson.write(command));
            while (true) {
                VoiceCommand command = outgoing.take();
                if (command instanceof VoiceCommand.Shutdown) ending = true;
                attached.write(VoiceJson.write(command));
            }
        } catch (IOException e) {
            LOG.debug("a command did not arrive; the reader tells the loss", e);
        } catch (InterruptedException _) {
            // The session ended.
        }
    }

    private void tell(VoiceEvent event) {
        snapshot = snapshot.after(event);
        if (teller.isShutdown()) return;
        teller.execute(() -> {
            for (Consumer<VoiceEvent> listener : listeners) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    LOG.warn(
                            "a listener failed at {}; the others are told",
                            event.getClass().getSimpleName(),
                            e);
                }
            }
        });
    }

    private static void shut(@Nullable FrameChannel open) {
        if (open == null) return;
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("closing the socket", e);
        }
    }
}
