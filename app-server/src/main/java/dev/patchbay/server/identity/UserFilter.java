package dev.patchbay.server.identity;

import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Role;
import org.jspecify.annotations.Nullable;

/// Which users a list shows; null for any.
///
/// @param text what name or e-mail contains; empty for any
public record UserFilter(
        String text,
        @Nullable Role role,
        @Nullable OfficeId office,
        @Nullable Boolean active) {
    public static final UserFilter ALL = new UserFilter("", null, null, null);
}
