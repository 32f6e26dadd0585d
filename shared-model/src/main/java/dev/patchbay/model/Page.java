package dev.patchbay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A slice of a list, and the place in the event log it is true for: live events after `asOf` change it.
///
/// @param next the cursor for `?after=`; null at the end
/// @param asOf the company's event number
public record Page<T>(List<T> items, @Nullable String next, long asOf) {
    public Page {
        items = List.copyOf(items);
    }
}
