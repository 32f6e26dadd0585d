package dev.patchbay.server.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.model.Json;
import dev.patchbay.server.store.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a company works. Read it with [#of] in any transaction.
///
/// @param region ISO 3166-1 alpha-2: how numbers are read and shown
/// @param timeZone as in the IANA database: when its day begins
/// @param language of those who did not choose their own, BCP 47
/// @param studentSignUp whether students may register themselves
/// @param ringSeconds for a new queue
/// @param wrapUpSeconds for a new queue; 0 for no wrap-up, null to wait for the agent
/// @param dispositionRequired for a new queue
/// @param version 0 when nobody has changed anything yet
public record CompanySettings(
        String region,
        String timeZone,
        String language,
        boolean studentSignUp,
        int ringSeconds,
        @Nullable Integer wrapUpSeconds,
        boolean dispositionRequired,
        long version) {

    /// As stored: null where the default holds.
    ///
    /// @param waitsForAgent whether wrap-up has no end of its own
    record Stored(
            @Nullable String timeZone,
            @Nullable String language,
            @Nullable Boolean studentSignUp,
            @Nullable Integer ringSeconds,
            @Nullable Integer wrapUpSeconds,
            @Nullable Boolean waitsForAgent,
            @Nullable Boolean dispositionRequired) {
        static final Stored NOTHING = new Stored(null, null, null, null, null, null, null);
    }

    public static CompanySettings of(Transaction transaction) {
        String region = transaction
                .query("select region from company where id = :company")
                .mapTo(String.class)
                .one();
        Optional<CompanySettings> stored = transaction
                .query("select settings, version from company_settings where company_id = :company")
                .map((row, _) -> with(region, read(row.getString("settings")), row.getLong("version")))
                .findOne();
        return stored.orElseGet(() -> with(region, Stored.NOTHING, 0));
    }

    Stored stored() {
        return new Stored(
                timeZone,
                language,
                studentSignUp,
                ringSeconds,
                wrapUpSeconds,
                wrapUpSeconds == null,
                dispositionRequired);
    }

    private static Stored read(String json) {
        try {
            return Json.MAPPER.readValue(json, Stored.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("company_settings holds what is no JSON of settings", e);
        }
    }

    private static CompanySettings with(String region, Stored stored, long version) {
        boolean waits = Boolean.TRUE.equals(stored.waitsForAgent());
        return new CompanySettings(
                region,
                or(stored.timeZone(), "UTC"),
                or(stored.language(), "en"),
                or(stored.studentSignUp(), true),
                or(stored.ringSeconds(), 20),
                waits ? null : or(stored.wrapUpSeconds(), Integer.valueOf(60)),
                or(stored.dispositionRequired(), false),
                version);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
