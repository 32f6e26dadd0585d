package dev.patchbay.desktop.session;

import java.time.Duration;
import java.util.concurrent.Executor;

/// One thread's worth of work, in order: what is handed over first runs first, and nothing runs beside it. Tests turn
/// one by hand, with a clock that is set.
public interface Loop extends Executor {

    /// Runs the work on the loop, not before the delay has passed.
    Timer after(Duration delay, Runnable work);

    /// Something that will happen unless it is cancelled.
    @FunctionalInterface
    interface Timer {
        Timer NONE = () -> {};

        void cancel();
    }
}
