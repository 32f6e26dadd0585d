package dev.patchbay.desktop.session;

import dev.patchbay.model.Lead;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one of what repeats from lead to lead. Equal in content to what it was given.
final class Compact {
    /// A company with a million different words in its fields gains nothing from keeping them all.
    private static final int MOST = 20_000;

    private final Map<Object, Object> known = new HashMap<>();

    Lead lead(Lead lead) {
        return new Lead(
                lead.id(),
                lead.name(),
                lead.phone(),
                lead.email(),
                one(lead.source()),
                known(lead.stage()),
                this.<UserId>one(lead.ownerId()),
                one(lead.ownerName()),
                this.<OfficeId>one(lead.officeId()),
                this.<List<String>>known(lead.tags()),
                this.<Map<String, String>>known(lead.fields()),
                lead.notes(),
                lead.version(),
                lead.createdAt(),
                lead.updatedAt().equals(lead.createdAt()) ? lead.createdAt() : lead.updatedAt());
    }

    private <T> @Nullable T one(@Nullable T value) {
        return value == null ? null : known(value);
    }

    @SuppressWarnings("unchecked") // what is found equals what was asked for, and is of its class
    private <T> T known(T value) {
        if (known.size() >= MOST) {
            known.clear();
        }
        Object first = known.putIfAbsent(value, value);
        return first == null ? value : (T) first;
    }
}
