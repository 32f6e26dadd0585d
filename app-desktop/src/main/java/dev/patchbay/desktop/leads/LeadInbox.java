package dev.patchbay.desktop.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes on their way to the list, emptied ten times a second: of several to one lead only the last is kept.
/// JavaFX thread only.
final class LeadInbox {
    /// What came since the last time.
    record Batch(List<Lead> changed, List<LeadId> gone) {
        boolean isEmpty() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }

    /// Empty: the lead is gone.
    private final Map<LeadId, Optional<Lead>> changes = new LinkedHashMap<>();

    void put(Lead lead) {
        changes.put(lead.id(), Optional.of(lead));
    }

    void gone(LeadId id) {
        changes.put(id, Optional.empty());
    }

    void clear() {
        changes.clear();
    }

    Batch drain() {
        List<Lead> changed = new ArrayList<>(changes.size());
        List<LeadId> gone = new ArrayList<>();
        changes.forEach((id, lead) -> lead.ifPresentOrElse(changed::add, () -> gone.add(id)));
        changes.clear();
        return new Batch(changed, gone);
    }
}
