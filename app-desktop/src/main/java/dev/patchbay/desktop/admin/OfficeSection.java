package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import org.kordamp.ikonli.feather.Feather;

/// Places where people work.
final class OfficeSection {
    /// Names such as `Europe/Berlin`; the rest are old names of the same places.
    private static final List<Choice> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/") && !zone.matches("(Etc|SystemV|US|Canada|Brazil|Mexico|Chile)/.*"))
            .sorted()
            .map(zone -> new Choice(zone, new SimpleStringProperty(zone)))
            .toList();

    private OfficeSection() {}

    static Section section() {
        return new Section(
                "offices",
                "admin.offices.",
                Feather.MAP_PIN,
                Permission.COMPANY_MANAGE,
                new Shelf("/offices"),
                List.of(Column.name(180), Column.plain("timeZone", 150), Column.plain("address", 260)),
                List.of(
                        Input.Line.required("name", 100),
                        new Input.One(
                                "timeZone",
                                _ -> ZONES,
                                true,
                                ZoneId.systemDefault().getId()),
                        Input.Line.optional("address", 500)),
                new Section.Can(true, true, Section.Removal.CONFIRM));
    }
}
