package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// The lists of names: skills, outcomes of a call, reasons for a break.
final class NameSections {
    private NameSections() {}

    /// A skill is known by its name at agents and queues, so it is added and taken away, not renamed.
    static Section skills() {
        return names("skills", "admin.skills.", Feather.AWARD, "/skills", false);
    }

    static Section outcomes() {
        return names("outcomes", "admin.outcomes.", Feather.CHECK_SQUARE, "/dispositions", true);
    }

    static Section breakReasons() {
        return names("breaks", "admin.breaks.", Feather.COFFEE, "/break-reasons", true);
    }

    private static Section names(String id, String words, Feather icon, String path, boolean change) {
        return new Section(
                id,
                words,
                icon,
                Permission.QUEUES_MANAGE,
                Shelf.listed(path),
                List.of(Column.name(320)),
                List.of(Input.Line.required("name", 100)),
                new Section.Can(true, change, Section.Removal.UNDO));
    }
}
