package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to the machine's microphone beside the calls, for the level meter and for recordings: a sink on libwebrtc's
/// local track gets nothing. A stream of its own on the sound server, open while a call is live, on a thread of its
/// own; it follows the choice of device and comes back after a failure.
final class Microphone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Microphone.class);

    private final Sound sound;
    private final Supplier<@Nullable String> device;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile double peak;

    /// @param device the one to listen to now; null is the system's default
    Microphone(Sound sound, Supplier<@Nullable String> device) {
        this.sound = sound;
        this.device = device;
        Thread.ofPlatform().daemon().name("voice-microphone").start(this::listen);
    }

    void tap(Tap tap) {
        taps.add(tap);
    }

    void untap(Tap tap) {
        taps.remove(tap);
    }

    /// Loudest moment since the last question, 0 to 1.
    double peak() {
        double now = peak;
        peak = 0;
        return now;
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void listen() {
        try {
            while (open()) {
                @Nullable String now = device.get();
                try {
                    sound.listen(now, () -> open() && Objects.equals(now, device.get()), this::heard);
                } catch (IOException e) {
                    LOG.info("the microphone's level is not known now; tried again soon ({})", e.getMessage());
                }
                // A stream that ends at once must not be opened in a loop.
                if (closed.await(300, TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException _) {
            // The process is ending.
        }
    }

    @SuppressWarnings({"NonAtomicVolatileUpdate", "NonAtomicOperationOnVolatileField"}) // one writer: this thread
    private void heard(short[] frame) {
        peak = Math.max(peak, Pcm.peak(frame));
        for (Tap tap : taps) tap.hear(frame);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
