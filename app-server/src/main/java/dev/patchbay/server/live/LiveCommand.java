package dev.patchbay.server.live;

import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import org.jspecify.annotations.Nullable;

/// A command that clients send over `/live`.
///
/// @param body the record its `data` is read as
/// @param remembered whether it is done once per id (24 hours); false for what changes nothing durable, such as `ping`
public record LiveCommand<T>(String type, Access access, Class<T> body, boolean remembered, Handler<T> handler) {
    public interface Handler<T> {
        /// Runs on the socket's virtual thread, one after the other; may block.
        ///
        /// @return the reply's `data`, or null
        @Nullable
        Object handle(Principal principal, T body);
    }

    public static <T> LiveCommand<T> of(String type, Access access, Class<T> body, Handler<T> handler) {
        return new LiveCommand<>(type, access, body, true, handler);
    }

    public static <T> LiveCommand<T> transientOf(String type, Access access, Class<T> body, Handler<T> handler) {
        return new LiveCommand<>(type, access, body, false, handler);
    }
}
