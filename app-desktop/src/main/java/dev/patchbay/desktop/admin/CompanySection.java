package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// The companies of the installation; each begins with an administrator of its own.
final class CompanySection {
    private CompanySection() {}

    static Section section() {
        return new Section(
                "companies",
                "admin.companies.",
                Feather.BRIEFCASE,
                Permission.COMPANIES_MANAGE,
                new Shelf("/companies"),
                List.of(Column.name(200), Column.plain("slug", 150).kept(), Column.plain("region", 90)),
                List.of(
                        Input.Line.required("name", 200),
                        Input.Line.optional("slug", 60),
                        Input.Line.optional("region", 2).shaped(Input.Shape.COUNTRY),
                        Input.Line.required("administrator.name", 200).whenNew(),
                        Input.Line.required("administrator.email", 254)
                                .shaped(Input.Shape.EMAIL)
                                .whenNew(),
                        Input.Line.required("administrator.password", 1000)
                                .shaped(Input.Shape.PASSWORD)
                                .whenNew()),
                new Section.Can(true, true, Section.Removal.CONFIRM));
    }
}
