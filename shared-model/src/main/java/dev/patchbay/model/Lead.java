package dev.patchbay.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody who may become a customer.
///
/// @param phone E.164, or null when only the e-mail address is known
/// @param stage a stage of the company's pipeline, `new` at first
/// @param ownerId who works it; null while it is in the shark tank
/// @param fields the company's own fields, by name
/// @param version counts up with every change; a change names the version it saw
public record Lead(
        LeadId id,
        String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String source,
        String stage,
        @Nullable UserId ownerId,
        @Nullable String ownerName,
        @Nullable OfficeId officeId,
        List<String> tags,
        Map<String, String> fields,
        @Nullable String notes,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    public Lead {
        tags = List.copyOf(tags);
        fields = Map.copyOf(fields);
    }
}
