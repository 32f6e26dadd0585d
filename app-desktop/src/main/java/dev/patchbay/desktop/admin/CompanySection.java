package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The companies of the installation; each begins with an administrator of its own.
final class CompanySection {
    private CompanySection() {}

    /// Whoever runs one company is its manager: an administrator would run them all.
    private static final class Founded extends Shelf {
        Founded() {
            super("/companies");
        }

        @Override
        JsonNode save(Wire wire, @Nullable JsonNode seen, ObjectNode body) {
            if (seen == null) {
                body.withObjectProperty("administrator").putArray("roles").add(Role.MANAGER.wire());
            }
            return super.save(wire, seen, body);
        }
    }

    static Section section() {
        return new Section(
                "companies",
                "admin.companies.",
                Feather.BRIEFCASE,
                Permission.COMPANIES_MANAGE,
                new Founded(),
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
