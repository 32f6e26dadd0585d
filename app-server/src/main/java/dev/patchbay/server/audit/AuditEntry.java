package dev.patchbay.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import dev.patchbay.server.store.AuditRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry of the audit log as administrators see it.
///
/// @param seq the company's number of the entry
/// @param action such as `user.changed`
/// @param subject what it is about, such as `user:…`
/// @param detail for a change, each changed field with `from` and `to`
/// @param hash covers this entry and, through it, every earlier one
public record AuditEntry(
        long seq, Instant at, Who actor, String action, String subject, JsonNode detail, String address, String hash) {
    /// @param id null when it was no user
    public record Who(@Nullable UUID id, String name) {}

    static AuditEntry of(AuditRow row) {
        return new AuditEntry(
                row.seq(),
                row.at(),
                new Who(row.actorId(), row.actorName()),
                row.action(),
                row.subject(),
                Json.read(row.detail(), JsonNode.class),
                row.address(),
                row.hash());
    }
}
