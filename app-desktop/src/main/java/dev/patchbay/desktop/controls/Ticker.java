package dev.patchbay.desktop.controls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// One beat a second for every clock on the screen: a hundred rows with a waiting time cost one timer, and none when
/// nothing shows. On the JavaFX thread only.
public final class Ticker {
    private static final Ticker SHARED = new Ticker(InstantSource.system());

    private final Set<Consumer<Instant>> listeners = new LinkedHashSet<>();
    private InstantSource time;
    private Duration skew = Duration.ZERO;
    private @Nullable Timeline beat;

    public Ticker(InstantSource time) {
        this.time = time;
    }

    /// The one that the controls use.
    public static Ticker shared() {
        return SHARED;
    }

    /// The server's time as far as known: the clocks show how long something lasts on the server's clock.
    public Instant now() {
        return time.instant().plus(skew);
    }

    /// How far the server's clock is ahead of this machine's.
    public void skew(Duration ahead) {
        skew = ahead;
        tick();
    }

    /// Sets where time comes from; screenshots and tests stand still with it.
    public void time(InstantSource source) {
        time = source;
        tick();
    }

    /// Calls at once and then every second until unsubscribed.
    public Subscription subscribe(Consumer<Instant> listener) {
        listeners.add(listener);
        listener.accept(now());
        if (beat == null) {
            beat = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick()));
            beat.setCycleCount(Animation.INDEFINITE);
            beat.play();
        }
        return () -> {
            listeners.remove(listener);
            if (listeners.isEmpty() && beat != null) {
                beat.stop();
                beat = null;
            }
        };
    }

    /// One beat by hand.
    public void tick() {
        Instant now = now();
        new ArrayList<>(listeners).forEach(listener -> listener.accept(now));
    }

    /// How many clocks listen: a test of leaks asks.
    int listeners() {
        return listeners.size();
    }
}
