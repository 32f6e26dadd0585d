package dev.patchbay.server.leads;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.PhoneNumber;
import dev.patchbay.server.access.Check;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What clients send about a lead.
public sealed interface LeadInput {
    /// @param phone as typed, read in the customs of the company's country; this or `email` is needed
    record Create(
            String name,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String source,
            @Nullable String stage,
            @Nullable List<String> tags,
            @Nullable Map<String, String> fields,
            @Nullable String notes)
            implements LeadInput {}

    /// Replaces what can be edited: null clears `phone`, `email`, `source` and `notes`; null leaves `stage`, `tags` and
    /// `fields` as they are.
    ///
    /// @param lead which one, with the live command only; REST has it in the path
    /// @param version the one that was seen
    record Update(
            @JsonAlias("id") @Nullable LeadId lead,
            long version,
            String name,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String source,
            @Nullable String stage,
            @Nullable List<String> tags,
            @Nullable Map<String, String> fields,
            @Nullable String notes)
            implements LeadInput {}

    /// @param lead which one, with the live command only; REST has it in the path
    /// @param version the one that was seen; null to move it whatever happened meanwhile
    record Stage(
            @JsonAlias("id") @Nullable LeadId lead,
            String stage,
            @Nullable Long version) implements LeadInput {}

    /// A live command about one lead.
    record Which(@JsonAlias("id") LeadId lead) implements LeadInput {}

    record Assign(dev.patchbay.model.UserId userId) implements LeadInput {}

    /// The checked content of a lead.
    ///
    /// @param stage null to leave it; likewise `tags` and `fields`
    record Content(
            String name,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String source,
            @Nullable String stage,
            @Nullable List<String> tags,
            @Nullable Map<String, String> fields,
            @Nullable String notes) {}

    int MOST_TAGS = 20;
    int MOST_FIELDS = 50;

    /// @param region the company's country, ISO 3166-1 alpha-2
    /// @throws dev.patchbay.server.access.Refusal 400 naming every wrong field
    static Content check(Create input, String region) {
        return check(
                region,
                input.name(),
                input.phone(),
                input.email(),
                input.source(),
                input.stage(),
                input.tags(),
                input.fields(),
                input.notes());
    }

    /// As above.
    static Content check(Update input, String region) {
        return check(
                region,
                input.name(),
                input.phone(),
                input.email(),
                input.source(),
                input.stage(),
                input.tags(),
                input.fields(),
                input.notes());
    }

    /// @return the checked name of a stage
    static String stage(@Nullable String stage) {
        Check check = new Check();
        String checked = check.text("stage", stage, 1, 40);
        check.done();
        return checked;
    }

    private static Content check(
            String region,
            @Nullable String name,
            @Nullable String typedPhone,
            @Nullable String typedEmail,
            @Nullable String source,
            @Nullable String stage,
            @Nullable List<String> tags,
            @Nullable Map<String, String> fields,
            @Nullable String notes) {
        Check check = new Check();
        String phone = phone(check, typedPhone, region);
        String email = typedEmail == null || typedEmail.isBlank() ? null : check.email("email", typedEmail);
        check.that(phone != null || email != null, "phone", "A lead needs a phone number or an e-mail address.");
        Content content = new Content(
                check.text("name", name, 1, 200),
                phone,
                email,
                check.optional("source", source, 60),
                stage == null ? null : check.text("stage", stage, 1, 40),
                tags(check, tags),
                fields(check, fields),
                check.optional("notes", notes, 10_000));
        check.done();
        return content;
    }

    private static @Nullable String phone(Check check, @Nullable String typed, String region) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        var phone = PhoneNumber.parse(typed.strip(), region);
        if (phone.isEmpty()) {
            check.add("phone", "INVALID_PHONE", "phone is no phone number.");
            return "";
        }
        return phone.get().e164();
    }

    private static @Nullable List<String> tags(Check check, @Nullable List<String> tags) {
        if (tags == null) {
            return null;
        }
        check.that(tags.size() <= MOST_TAGS, "tags", "A lead has at most " + MOST_TAGS + " tags.");
        Set<String> checked = new LinkedHashSet<>();
        tags.stream().limit(MOST_TAGS).forEach(tag -> checked.add(check.text("tags", tag, 1, 40)));
        return List.copyOf(checked);
    }

    private static @Nullable Map<String, String> fields(Check check, @Nullable Map<String, String> fields) {
        if (fields == null) {
            return null;
        }
        check.that(fields.size() <= MOST_FIELDS, "fields", "A lead has at most " + MOST_FIELDS + " fields.");
        Map<String, String> checked = new LinkedHashMap<>();
        fields.entrySet().stream()
                .limit(MOST_FIELDS)
                .forEach(field -> checked.put(
                        check.text("fields", field.getKey(), 1, 60),
                        check.text("fields." + field.getKey(), field.getValue(), 0, 1_000)));
        return checked;
    }
}
