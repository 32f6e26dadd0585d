package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import java.util.Arrays;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// People who sign in. What is done with an account besides (password, sessions, off-boarding) is in [UserTools].
final class UserSection {
    /// `/users` itself is for whoever runs the installation.
    static final String OF_COMPANY = "/users/company/mine";

    static final Choice.Source ROLES = Choice.fixed(
            "admin.role.", Arrays.stream(Role.values()).map(Role::wire).toArray(String[]::new));
    static final Choice.Source PERMISSIONS = Choice.fixed(
            "admin.permission.",
            Arrays.stream(Permission.values()).map(Permission::wire).toArray(String[]::new));

    private UserSection() {}

    static Section section() {
        return new Section(
                "users",
                "admin.users.",
                Feather.USERS,
                Permission.USERS_MANAGE,
                new Shelf("/users", "id", OF_COMPANY),
                List.of(
                        Column.name(160).drawn(Column.Look.PERSON),
                        Column.plain("roles", 175).drawn(Column.Look.PILLS).kept(),
                        Column.plain("email", 175),
                        Column.plain("officeId", 100),
                        Column.plain("active", 90).drawn(Column.Look.ACTIVE)),
                List.of(
                        Input.Line.required("name", 200),
                        Input.Line.required("email", 254).shaped(Input.Shape.EMAIL),
                        Input.Line.required("password", 1000)
                                .shaped(Input.Shape.PASSWORD)
                                .whenNew(),
                        new Input.Many("roles", ROLES),
                        new Input.Many("extraPermissions", PERMISSIONS),
                        new Input.One("officeId", Choice.named("/offices", "id", "name"), true, ""),
                        new Input.Switch("active", Input.When.OLD)),
                new Section.Can(true, true, Section.Removal.NEVER));
    }
}
