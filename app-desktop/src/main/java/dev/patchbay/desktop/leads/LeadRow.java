package dev.patchbay.desktop.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A lead in the list. The row stays the same object while its lead changes, so that only the visible cells hear of it.
///
/// The property is made when a cell first asks: of 100,000 rows some forty are on screen.
public final class LeadRow {
    private Lead lead;
    private @Nullable ReadOnlyObjectWrapper<Lead> property;
    private @Nullable String searched;

    LeadRow(Lead lead) {
        this.lead = lead;
    }

    public LeadId id() {
        return lead.id();
    }

    public Lead lead() {
        return lead;
    }

    /// For cells; the same for every column.
    public ReadOnlyObjectProperty<Lead> leadProperty() {
        if (property == null) {
            property = new ReadOnlyObjectWrapper<>(lead);
        }
        return property.getReadOnlyProperty();
    }

    void put(Lead newer) {
        lead = newer;
        searched = null;
        if (property != null) {
            property.set(newer);
        }
    }

    /// Whether every one of the words, in lower case, occurs in what a person would look for.
    boolean matches(String[] words) {
        if (words.length == 0) {
            return true;
        }
        if (searched == null) {
            searched = String.join(
                            "\n",
                            lead.name(),
                            text(lead.phone()),
                            text(lead.email()),
                            text(lead.source()),
                            lead.stage(),
                            text(lead.ownerName()),
                            String.join(" ", lead.tags()))
                    .toLowerCase(Locale.ROOT);
        }
        for (String word : words) {
            if (!searched.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
