package dev.patchbay.desktop.leads;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.model.LeadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person wrote into the form, as `lead.create` and `lead.update` send it.
///
/// @param lead which one to change; null for a new one
/// @param version the one the change began with; null for a new one
/// @param phone E.164, or null
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LeadDraft(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LeadId lead,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long version,

        String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String source,
        String stage,
        List<String> tags,
        @Nullable String notes) {
    public LeadDraft {
        tags = List.copyOf(tags);
    }
}
