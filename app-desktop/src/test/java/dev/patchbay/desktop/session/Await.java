package dev.patchbay.desktop.session;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition, not for a time.
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final long LOOK_EVERY_NANOS = 2_000_000;

    private Await() {}

    /// @param what said when it does not come about
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /// Waits until the value is of this kind and gives it.
    public static <T> T kind(Class<T> kind, Supplier<?> value) {
        until("a " + kind.getSimpleName(), () -> kind.isInstance(value.get()));
        return kind.cast(value.get());
    }
}
