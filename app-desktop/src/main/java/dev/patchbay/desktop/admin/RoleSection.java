package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// What each role may do. Roles are the same in every company; a user gets more by extra permissions.
final class RoleSection {
    private RoleSection() {}

    static Section section() {
        return new Section(
                "roles",
                "admin.roles.",
                Feather.SHIELD,
                Permission.USERS_MANAGE,
                Shelf.listed("/roles", "key", (_, _, _) -> {
                    throw new UnsupportedOperationException("roles are fixed");
                }),
                List.of(
                        Column.plain("key", 180).drawn(Column.Look.STRONG).kept(),
                        Column.plain("permissions", 160).drawn(Column.Look.SIZE).kept()),
                List.of(
                        // There is no new role: this lends the table the roles' words.
                        new Input.One("key", UserSection.ROLES, true, "", Input.When.NEW),
                        new Input.Many("permissions", UserSection.PERMISSIONS)),
                Section.Can.LOOK);
    }
}
