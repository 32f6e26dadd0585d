package dev.patchbay.server;

import org.jspecify.annotations.Nullable;

/// Why the server could not start: one sentence for a person, and what to do.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
