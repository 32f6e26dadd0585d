package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that writes files, awake only while there is one to write.
final class Reels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reels.class);

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("voice-files").factory());
    private final List<Running> running = new ArrayList<>();
    private @Nullable ScheduledFuture<?> ticking;

    private record Running(Reel reel, Consumer<IOException> failed) {}

    /// @param failed told on `voice-files`, once; the reel is ended then
    void add(Reel reel, Consumer<IOException> failed) {
        writer.execute(() -> {
            running.add(new Running(reel, failed));
            if (ticking == null) ticking = writer.scheduleAtFixedRate(this::tick, 20, 20, TimeUnit.MILLISECONDS);
        });
    }

    /// @param ended told when the file is complete
    void end(Reel reel, Runnable ended) {
        writer.execute(() -> {
            if (running.removeIf(r -> r.reel() == reel)) finish(reel);
            rest();
            ended.run();
        });
    }

    private void tick() {
        long now = System.nanoTime();
        for (Running each : List.copyOf(running)) {
            try {
                each.reel().tick(now);
            } catch (IOException e) {
                LOG.warn("a recording could not be written and ends here; the call goes on", e);
                running.remove(each);
                finish(each.reel());
                each.failed().accept(e);
            } catch (RuntimeException e) {
                LOG.error("a recording failed; the call goes on", e);
                running.remove(each);
            }
        }
        rest();
    }

    private static void finish(Reel reel) {
        try {
            reel.end();
        } catch (IOException e) {
            LOG.warn("the end of a recording could not be written; its last second may be missing", e);
        }
    }

    private void rest() {
        if (running.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    /// Ends all files.
    @Override
    public void close() {
        writer.execute(() -> {
            running.forEach(each -> finish(each.reel()));
            running.clear();
            rest();
        });
        writer.shutdown();
        try {
            if (!writer.awaitTermination(2, TimeUnit.SECONDS)) LOG.warn("files were still being written at the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
