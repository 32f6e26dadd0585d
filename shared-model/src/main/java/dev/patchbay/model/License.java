package dev.patchbay.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a company may use.
///
/// @param features names of what the plan holds; empty when it holds everything
/// @param seats active users at most; null for any number
/// @param usedSeats active users now
/// @param expiresAt null for no end
/// @param expired whether that time has come; then nothing but calling stops
public record License(
        String plan,
        List<String> features,
        @Nullable Integer seats,
        int usedSeats,
        @Nullable Instant expiresAt,
        boolean expired,
        boolean callingAllowed) {
    public License {
        features = List.copyOf(features);
    }
}
