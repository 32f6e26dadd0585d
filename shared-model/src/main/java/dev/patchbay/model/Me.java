package dev.patchbay.model;

import java.util.Set;

/// The user who signed in, as `POST /auth/login` and `GET /auth/profile` answer.
public record Me(
        UserId id, String name, String email, Set<Role> roles, Set<Permission> permissions, CompanyRef company) {
    public Me {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /// The company in short.
    public record CompanyRef(CompanyId id, String name, String slug, String region) {}

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
