package dev.patchbay.server.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.server.access.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// Where a page of leads ended: newest first, by the time of creation and then by id.
record LeadCursor(Instant createdAt, LeadId id) {
    static LeadCursor of(Lead last) {
        return new LeadCursor(last.createdAt(), last.id());
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.US_ASCII));
    }

    /// @throws Refusal 400 for a text that was not made here
    static LeadCursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2) {
                return new LeadCursor(Instant.parse(parts[0]), LeadId.of(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below like every other text that is no cursor.
        }
        throw Refusal.invalid("after", "after is the next of an earlier page.");
    }
}
