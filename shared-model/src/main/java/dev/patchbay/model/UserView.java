package dev.patchbay.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user as administrators and colleagues see it.
public record UserView(
        UserId id,
        String name,
        String email,
        Set<Role> roles,
        List<String> extraPermissions,
        @Nullable OfficeId officeId,
        boolean active,
        long version) {
    public UserView {
        roles = Set.copyOf(roles);
        extraPermissions = List.copyOf(extraPermissions);
    }
}
