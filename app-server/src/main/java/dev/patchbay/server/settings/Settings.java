package dev.patchbay.server.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Json;
import dev.patchbay.model.Payload;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and changes a company's settings. Each method is one transaction.
public final class Settings {
    private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());

    private final Database database;

    /// What to change; what is absent stays.
    ///
    /// @param wrapUpSeconds an explicit `null` waits for the agent
    /// @param version the version seen; null changes whatever is there
    record Change(
            @Nullable String region,
            @Nullable String timeZone,
            @Nullable String language,
            @Nullable Boolean studentSignUp,
            @Nullable Integer ringSeconds,
            @Nullable JsonNode wrapUpSeconds,
            @Nullable Boolean dispositionRequired,
            @Nullable Long version) {}

    public Settings(Database database) {
        this.database = database;
    }

    /// What a new company begins with: a row, so that its settings can be seen where the others are.
    public static void found(Transaction transaction) {
        insert(transaction, CompanySettings.of(transaction));
    }

    public CompanySettings of(CompanyId company) {
        return database.read(company, Settings::existing);
    }

    private static CompanySettings existing(Transaction transaction) {
        boolean open = transaction
                .query("select id from company where id = :company and active")
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
        if (!open) {
            throw Refusal.notFound("company");
        }
        return CompanySettings.of(transaction);
    }

    /// @throws Refusal 404, 400 with the fields that are wrong, 409 `VERSION_CONFLICT` with the `current` ones
    CompanySettings change(CompanyId company, Change wanted) {
        check(wanted);
        return database.write(company, transaction -> {
            // The company's row is the lock of its settings, which may have no row of their own yet.
            transaction
                    .query("select id from company where id = :company for update")
                    .mapTo(UUID.class)
                    .findOne();
            CompanySettings before = existing(transaction);
            if (wanted.version() != null && wanted.version() != before.version()) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT", "Somebody changed these settings in between.", Map.of("current", before));
            }
            CompanySettings after = merged(before, wanted);
            if (!after.region().equals(before.region())) {
                transaction
                        .update("update company set region = :region, version = version + 1, updated_at = :now"
                                + " where id = :company")
                        .bind("region", after.region())
                        .bind("now", transaction.now())
                        .execute();
            }
            if (before.version() == 0) {
                insert(transaction, after);
            } else {
                update(transaction, after);
            }
            Map<String, Differences.Difference> changes = Differences.between(before, after);
            if (!changes.isEmpty()) {
                transaction.audit("settings.changed", "company:" + company, changes);
                transaction.emit(
                        EventType.SETTINGS_CHANGED,
                        Audience.company(),
                        company,
                        new Payload.OfSettings("company", company.toString()));
            }
            return CompanySettings.of(transaction);
        });
    }

    private static CompanySettings merged(CompanySettings before, Change wanted) {
        Integer wrapUp = wanted.wrapUpSeconds() == null
                ? before.wrapUpSeconds()
                : wanted.wrapUpSeconds().isNull()
                        ? null
                        : Integer.valueOf(wanted.wrapUpSeconds().intValue());
        return new CompanySettings(
                wanted.region() == null ? before.region() : wanted.region(),
                wanted.timeZone() == null ? before.timeZone() : wanted.timeZone(),
                wanted.language() == null ? before.language() : wanted.language(),
                wanted.studentSignUp() == null ? before.studentSignUp() : wanted.studentSignUp(),
                wanted.ringSeconds() == null ? before.ringSeconds() : wanted.ringSeconds(),
                wrapUp,
                wanted.dispositionRequired() == null ? before.dispositionRequired() : wanted.dispositionRequired(),
                before.version() + 1);
    }

    private static void check(Change wanted) {
        Check check = new Check();
        check.that(
                wanted.region() == null || REGIONS.contains(wanted.region()),
                "region",
                "The region is a country's two-letter code, such as DE.");
        check.that(
                wanted.timeZone() == null || ZoneId.getAvailableZoneIds().contains(wanted.timeZone()),
                "timeZone",
                "timeZone is a name such as Europe/Berlin.");
        check.that(
                wanted.language() == null || Choosable.isLanguage(wanted.language()),
                "language",
                "language is one of those at /settings/languages.");
        check.that(
                wanted.ringSeconds() == null || wanted.ringSeconds() >= 5 && wanted.ringSeconds() <= 120,
                "ringSeconds",
                "ringSeconds is 5 to 120.");
        JsonNode wrapUp = wanted.wrapUpSeconds();
        check.that(
                wrapUp == null
                        || wrapUp.isNull()
                        || wrapUp.isInt() && wrapUp.intValue() >= 0 && wrapUp.intValue() <= 3_600,
                "wrapUpSeconds",
                "wrapUpSeconds is 0 to 3600.");
        check.done();
    }

    private static void insert(Transaction transaction, CompanySettings settings) {
        transaction
                .update("""
                        insert into company_settings (company_id, settings, version, updated_at)
                        values (:company, %s, 1, :now)
                        """.formatted(transaction.dialect().jsonParameter("settings")))
                .bind("settings", Json.write(settings.stored()))
                .bind("now", transaction.now())
                .execute();
    }

    private static void update(Transaction transaction, CompanySettings settings) {
        transaction
                .update("""
                        update company_settings set settings = %s, version = :version, updated_at = :now
                        where company_id = :company
                        """.formatted(transaction.dialect().jsonParameter("settings")))
                .bind("settings", Json.write(settings.stored()))
                .bind("version", settings.version())
                .bind("now", transaction.now())
                .execute();
    }
}
