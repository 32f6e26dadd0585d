package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Page;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The companies of the installation.
public final class Companies {
    private static final String SELECT = "select id, name, slug, region, version from company ";
    private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());

    private final Database database;
    private final Users users;
    private final Sessions sessions;
    private final List<Consumer<Transaction>> closings = new CopyOnWriteArrayList<>();
    private final List<Consumer<Transaction>> foundings;

    /// A company to be.
    ///
    /// @param slug its name in addresses; made from the name when null
    /// @param region ISO 3166-1 alpha-2; US when null
    /// @param administrator who signs in first; null when somebody follows by hand
    public record NewCompany(
            String name, @Nullable String slug, @Nullable String region, Users.@Nullable NewUser administrator) {}

    /// @param version the version that was looked at; null changes whatever is there
    public record Change(
            @Nullable Long version,
            @Nullable String name,
            @Nullable String slug,
            @Nullable String region) {}

    /// @param foundings what every new company begins with, run in the transaction that makes it
    Companies(Database database, Users users, Sessions sessions, List<Consumer<Transaction>> foundings) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.foundings = List.copyOf(foundings);
    }

    /// Whether nobody has set up anything yet.
    public boolean isEmpty() {
        return database.acrossCompanies(handle -> handle.createQuery("select 1 from company limit 1")
                .mapTo(Integer.class)
                .findOne()
                .isEmpty());
    }

    /// @throws Refusal 400 with the fields that are wrong, 409 `SLUG_TAKEN` or `EMAIL_TAKEN`
    public CompanyView found(NewCompany body) {
        Check check = new Check();
        String name = check.text("name", body.name(), 1, 200);
        String slug = slug(check, body.slug() == null ? slugOf(name) : body.slug());
        String region = region(check, body.region() == null ? "US" : body.region());
        check.done();
        CompanyId id = CompanyId.fresh();
        Optional<UserRow> administrator =
                Optional.ofNullable(body.administrator()).map(user -> users.prepare(id, user));
        database.change(id, transaction -> {
            unlessSlugTaken(() -> transaction
                    .update("""
                            insert into company (id, slug, name, region, created_at, updated_at)
                            values (:company, :slug, :name, :region, :now, :now)
                            """)
                    .bind("slug", slug)
                    .bind("name", name)
                    .bind("region", region)
                    .bind("now", transaction.now())
                    .execute());
            transaction
                    .update("insert into event_counter (company_id, seq) values (:company, 0)")
                    .execute();
            administrator.ifPresent(user -> Users.unlessTaken(() -> users.insert(transaction, user)));
            foundings.forEach(founding -> founding.accept(transaction));
            transaction.audit("company.founded", "company:" + id, Map.of("name", name, "slug", slug, "region", region));
        });
        return new CompanyView(id, name, slug, region, 1);
    }

    public Page<CompanyView> list(@Nullable String afterSlug, int limit) {
        List<CompanyView> views = database.acrossCompanies(
                handle -> handle.createQuery(SELECT + "where active and slug > :after order by slug limit :limit")
                        .bind("after", afterSlug == null ? "" : afterSlug)
                        .bind("limit", limit + 1)
                        .map((row, _) -> view(row))
                        .list());
        boolean more = views.size() > limit;
        List<CompanyView> items = views.stream().limit(limit).toList();
        return new Page<>(items, more ? items.getLast().slug() : null, 0);
    }

    public Optional<CompanyView> find(CompanyId id) {
        return database.acrossCompanies(handle -> find(handle, id));
    }

    /// By its name in addresses.
    public Optional<CompanyView> bySlug(String slug) {
        return database.acrossCompanies(handle -> handle.createQuery(SELECT + "where active and slug = :slug")
                .bind("slug", slug.toLowerCase(Locale.ROOT))
                .map((row, _) -> view(row))
                .findOne());
    }

    /// @throws Refusal 404, 409 `VERSION_CONFLICT` with the `current` one, 409 `SLUG_TAKEN`
    public CompanyView change(CompanyId id, Change body) {
        CompanyView before = find(id).orElseThrow(() -> Refusal.notFound("company"));
        Check check = new Check();
        String name = body.name() == null ? before.name() : check.text("name", body.name(), 1, 200);
        String slug = body.slug() == null ? before.slug() : slug(check, body.slug());
        String region = body.region() == null ? before.region() : region(check, body.region());
        check.done();
        return database.write(id, transaction -> {
            int changed = unlessSlugTaken(() -> transaction
                    .update("""
                            update company set name = :name, slug = :slug, region = :region, version = version + 1,
                                   updated_at = :now
                            where id = :company and version = :version
                            """)
                    .bind("name", name)
                    .bind("slug", slug)
                    .bind("region", region)
                    .bind("now", transaction.now())
                    .bind("version", body.version() == null ? before.version() : body.version())
                    .execute());
            CompanyView now = find(transaction.handle(), id).orElseThrow(() -> Refusal.notFound("company"));
            if (changed == 0) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT", "Somebody changed this company in between.", Map.of("current", now));
            }
            Map<String, Differences.Difference> changes = Differences.between(before, now);
            if (!changes.isEmpty()) {
                transaction.audit("company.changed", "company:" + id, changes);
            }
            return now;
        });
    }

    /// Asked before a company closes; throws a [Refusal] when it may not.
    public void onClosing(Consumer<Transaction> question) {
        closings.add(question);
    }

    /// Closes a company: nobody of it signs in any more, its visitors find nobody, its data stays.
    ///
    /// @throws Refusal 404, 422 `OWN_COMPANY`, 409 `COMPANY_HAS_CALLS` while calls are live
    public void close(Principal.User asker, CompanyId id) {
        CompanyView company = find(id).orElseThrow(() -> Refusal.notFound("company"));
        if (id.equals(asker.company())) {
            throw Refusal.rule("OWN_COMPANY", "You cannot close the company that you belong to.");
        }
        database.change(id, transaction -> {
            closings.forEach(question -> question.accept(transaction));
            transaction
                    .update("update company set active = false, version = version + 1, updated_at = :now"
                            + " where id = :company")
                    .bind("now", transaction.now())
                    .execute();
            sessions.endAll(transaction, "company closed");
            transaction.audit("company.closed", "company:" + id, Map.of("name", company.name()));
        });
    }

    private static Optional<CompanyView> find(Handle handle, CompanyId id) {
        return handle.createQuery(SELECT + "where active and id = :id")
                .bind("id", id.value())
                .map((row, _) -> view(row))
                .findOne();
    }

    private static <T> T unlessSlugTaken(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (Database.isDuplicate(e)) {
                throw Refusal.conflict("SLUG_TAKEN", "Another company has this name in addresses.");
            }
            throw e;
        }
    }

    private static String slug(Check check, String slug) {
        if (!slug.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            check.add(
                    "slug",
                    "INVALID_SLUG",
                    "The name in addresses has 1 to 63 lower-case letters, digits and hyphens inside.");
        }
        return slug;
    }

    static String slugOf(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut = ascii.substring(0, Math.min(40, ascii.length())).replaceAll("-+$", "");
        // A name without a Latin letter still gets an address that nobody else has.
        return cut.isEmpty() ? "company-" + UUID.randomUUID().toString().substring(0, 8) : cut;
    }

    private static String region(Check check, String region) {
        if (!REGIONS.contains(region)) {
            check.add("region", "INVALID_REGION", "The region is a country's two-letter code, such as DE.");
        }
        return region;
    }

    private static CompanyView view(ResultSet row) throws SQLException {
        return new CompanyView(
                new CompanyId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                row.getString("region"),
                row.getLong("version"));
    }
}
