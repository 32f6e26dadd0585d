package dev.patchbay.desktop.session;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does a screen's errands at the server: asks on another thread and brings the answer back to the screen's.
///
/// @param wire where to ask
/// @param background may block
/// @param screen where answers are taken
public record Errands(Wire wire, Executor background, Executor screen) {
    /// @param failed takes a [Refused] or an [Unreachable]
    public <T> void run(
            Function<Wire, ? extends T> question, Consumer<? super T> done, Consumer<? super RuntimeException> failed) {
        background.execute(() -> {
            try {
                T answer = question.apply(wire);
                screen.execute(() -> done.accept(answer));
            } catch (Refused | Unreachable no) {
                screen.execute(() -> failed.accept(no));
            }
        });
    }
}
