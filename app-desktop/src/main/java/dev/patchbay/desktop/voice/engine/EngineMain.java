package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.EngineSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The voice process: started by [dev.patchbay.desktop.voice.ProcessVoice], with the arguments of
/// [EngineSettings#arguments].
public final class EngineMain {
    private static final Logger LOG = LoggerFactory.getLogger(EngineMain.class);

    private EngineMain() {}

    /// Returns never: the process ends with `halt`, because native threads may still want the JVM while it shuts down.
    public static void main(String[] arguments) {
        int code = 1;
        try {
            code = run(EngineSettings.parse(arguments));
        } catch (IOException | RuntimeException e) {
            LOG.error("the voice process ends; the console will start another one", e);
        }
        Runtime.getRuntime().halt(code);
    }

    private static int run(EngineSettings settings) throws IOException {
        settings.prepare();
        List<String> missing = NativeLibraries.standInForMissing();
        if (!missing.isEmpty()) {
            LOG.info("this machine lacks {}; calls work, without what these are for", missing);
        }
        try (FileChannel file = FileChannel.open(settings.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock lock = file.tryLock()) {
            if (lock == null) {
                LOG.info("another voice process serves this profile; this one is not needed");
                return 0;
            }
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            serve(settings);
            return 0;
        }
    }

    private static void serve(EngineSettings settings) throws IOException {
        LinkedBlockingQueue<Engine.Ending> ends = new LinkedBlockingQueue<>();
        Engine engine = new Engine(settings, InstantSource.system(), ends::add);
        try (Door door = new Door(settings.socket(), engine::snapshot, engine::obey)) {
            engine.start(door);
            door.open();
            // A polite end by the system (log-off): say so, so that the window does not start another one at once.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> door.close(true), "voice-end"));
            Engine.Ending ending = ends.take();
            LOG.info("the voice process ends: {}", ending);
            engine.close();
            door.close(ending != Engine.Ending.SOUND_CAME_BACK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
