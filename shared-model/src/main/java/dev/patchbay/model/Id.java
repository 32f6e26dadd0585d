package dev.patchbay.model;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/// An identifier: a record of its own for each kind of thing, so that a company is never passed where a lead is meant.
public sealed interface Id permits CompanyId, OfficeId, UserId, QueueId, CallId, ParticipantId, LeadId {
    UUID value();

    /// A time-ordered UUID (version 7, RFC 9562): new rows lie together in an index.
    static UUID next() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /// Reads a UUID in its canonical form only: `UUID.fromString` also takes shortened groups.
    static UUID parse(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not an id in its canonical form");
        }
        return id;
    }
}
