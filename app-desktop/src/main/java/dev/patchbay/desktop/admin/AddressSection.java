package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// Addresses that the server does not answer.
final class AddressSection {
    private AddressSection() {}

    static Section section() {
        return new Section(
                "addresses",
                "admin.addresses.",
                Feather.SLASH,
                Permission.SYSTEM_SETTINGS,
                Shelf.listed("/blocked-addresses"),
                List.of(
                        Column.plain("address", 180).drawn(Column.Look.STRONG).kept(),
                        Column.plain("reason", 260),
                        Column.plain("until", 160).drawn(Column.Look.TIME)),
                List.of(Input.Line.required("address", 60), Input.Line.optional("reason", 200)),
                new Section.Can(true, false, Section.Removal.UNDO));
    }
}
