package dev.patchbay.server.identity;

import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Route;
import java.util.Arrays;
import java.util.List;

/// `/roles` and `/permissions`: what an administrator can choose from.
final class RoleRoutes implements Route.Feature {
    record RoleEntry(String key, String name, List<String> permissions) {}

    record Roles(List<RoleEntry> items) {}

    record PermissionEntry(String key, String description) {}

    record Permissions(List<PermissionEntry> items) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/roles",
                        Access.needs(Permission.USERS_MANAGE),
                        "The roles, and what each may do.",
                        Roles.class,
                        _ -> new Roles(Arrays.stream(Role.values())
                                .map(role -> new RoleEntry(
                                        role.wire(),
                                        role.wire(),
                                        role.permissions().stream()
                                                .map(Permission::wire)
                                                .sorted()
                                                .toList()))
                                .toList())),
                Route.get(
                        "/permissions",
                        Access.needs(Permission.USERS_MANAGE),
                        "What a user can be allowed besides the role.",
                        Permissions.class,
                        _ -> new Permissions(Arrays.stream(Permission.values())
                                .map(permission -> new PermissionEntry(permission.wire(), permission.tells()))
                                .toList())));
    }
}
