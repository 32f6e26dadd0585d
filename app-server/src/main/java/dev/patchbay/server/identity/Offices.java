package dev.patchbay.server.identity;

import dev.patchbay.model.EventType;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Page;
import dev.patchbay.model.Payload;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The offices of a company. Who belongs to one sees its people and leads, and those of no office.
public final class Offices {
    private static final String SELECT = """
            select o.id, o.name, o.time_zone, o.address, o.version,
                   (select count(*) from app_user u where u.company_id = o.company_id and u.office_id = o.id and u.active)
                       as users
            from office o where o.company_id = :company and o.live_name is not null
            """;

    private final Database database;

    /// @param timeZone as in the IANA database, such as `Europe/Berlin`; the company's without
    /// @param version the version that was looked at, for a change; null changes whatever is there
    public record Input(
            String name,
            @Nullable String timeZone,
            @Nullable String address,
            @Nullable Long version) {}

    /// @param users how many active users belong to it
    public record Office(
            OfficeId id,
            String name,
            @Nullable String timeZone,
            @Nullable String address,
            int users,
            long version) {}

    Offices(Database database) {
        this.database = database;
    }

    public Page<Office> list(Principal.User asker) {
        long asOf = database.lastSeq(asker.company());
        return database.read(
                asker.company(),
                transaction -> new Page<>(
                        transaction
                                .query(SELECT + " order by o.live_name")
                                .map((row, _) -> office(row))
                                .list(),
                        null,
                        asOf));
    }

    /// @throws Refusal 404
    public Office find(Principal.User asker, OfficeId id) {
        return database.read(asker.company(), transaction -> require(transaction, id));
    }

    /// @throws Refusal 400 with the fields that are wrong, 409 `OFFICE_EXISTS`
    public Office create(Principal.User asker, Input body) {
        requireWholeCompany(asker);
        Input input = check(body);
        OfficeId id = OfficeId.fresh();
        return unlessTaken(() -> database.write(asker.company(), transaction -> {
            transaction
                    .update("""
                            insert into office (company_id, id, name, live_name, time_zone, address, created_at, updated_at)
                            values (:company, :id, :name, :name, :zone, :address, :now, :now)
                            """)
                    .bind("id", id)
                    .bind("name", input.name())
                    .bind("zone", input.timeZone())
                    .bind("address", input.address())
                    .bind("now", transaction.now())
                    .execute();
            Office made = require(transaction, id);
            transaction.audit("office.created", "office:" + id, made);
            tell(transaction, id);
            return made;
        }));
    }

    /// @throws Refusal 404, 403 for another office than the own, 409 `VERSION_CONFLICT` with the `current` one
    public Office change(Principal.User asker, OfficeId id, Input body) {
        OfficeId own = asker.me().boundTo();
        Input input = check(body);
        return unlessTaken(() -> database.write(asker.company(), transaction -> {
            Office before = require(transaction, id);
            if (own != null && !own.equals(id)) {
                throw otherOffice();
            }
            int changed = transaction
                    .update("""
                            update office set name = :name, live_name = :name, time_zone = :zone, address = :address,
                                   version = version + 1, updated_at = :now
                            where company_id = :company and id = :id and version = :version
                            """)
                    .bind("id", id)
                    .bind("name", input.name())
                    .bind("zone", input.timeZone())
                    .bind("address", input.address())
                    .bind("now", transaction.now())
                    .bind("version", input.version() == null ? before.version() : input.version())
                    .execute();
            Office now = require(transaction, id);
            if (changed == 0) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT", "Somebody changed this office in between.", Map.of("current", now));
            }
            transaction.audit("office.changed", "office:" + id, Differences.between(before, now));
            tell(transaction, id);
            return now;
        }));
    }

    /// Closes an office; the history keeps its name, and its leads are seen by the whole company from then on.
    ///
    /// @throws Refusal 404, 409 `OFFICE_IN_USE` while active users belong to it
    public void close(Principal.User asker, OfficeId id) {
        requireWholeCompany(asker);
        database.change(asker.company(), transaction -> {
            Office office = require(transaction, id);
            if (office.users() > 0) {
                throw Refusal.conflict(
                        "OFFICE_IN_USE",
                        "People belong to this office. Move them first.",
                        Map.of("users", office.users()));
            }
            transaction
                    .update("update office set live_name = null, version = version + 1, updated_at = :now"
                            + " where company_id = :company and id = :id")
                    .bind("id", id)
                    .bind("now", transaction.now())
                    .execute();
            for (String table : List.of("app_user", "lead")) {
                transaction
                        .update("update " + table + " set office_id = null"
                                + " where company_id = :company and office_id = :id")
                        .bind("id", id)
                        .execute();
            }
            transaction.audit("office.closed", "office:" + id, Map.of("name", office.name()));
            tell(transaction, id);
        });
    }

    private static void tell(Transaction transaction, OfficeId id) {
        transaction.emit(
                EventType.SETTINGS_CHANGED, Audience.company(), id, new Payload.OfSettings("offices", id.toString()));
    }

    private static void requireWholeCompany(Principal.User asker) {
        if (asker.me().boundTo() != null) {
            throw otherOffice();
        }
    }

    private static Refusal otherOffice() {
        return Refusal.of(403, "FORBIDDEN", "You look after your own office only.");
    }

    private static Input check(Input body) {
        Check check = new Check();
        String name = check.text("name", body.name(), 1, 200);
        String address = check.optional("address", body.address(), 500);
        String zone = check.optional("timeZone", body.timeZone(), 60);
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            check.add("timeZone", "INVALID_TIME_ZONE", "timeZone is a name such as Europe/Berlin.");
        }
        check.done();
        return new Input(name, zone, address, body.version());
    }

    private static Office require(Transaction transaction, OfficeId id) {
        return find(transaction, id).orElseThrow(() -> Refusal.notFound("office"));
    }

    static Optional<Office> find(Transaction transaction, OfficeId id) {
        return transaction
                .query(SELECT + " and o.id = :id")
                .bind("id", id)
                .map((row, _) -> office(row))
                .findOne();
    }

    /// By its name, whatever the case of its letters.
    static Optional<Office> named(Transaction transaction, String name) {
        return transaction
                .query(SELECT + " and lower(o.live_name) = lower(:name)")
                .bind("name", name)
                .map((row, _) -> office(row))
                .findFirst();
    }

    private static <T> T unlessTaken(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (Database.isDuplicate(e)) {
                throw Refusal.conflict("OFFICE_EXISTS", "There is an office of this name.");
            }
            throw e;
        }
    }

    private static Office office(ResultSet row) throws SQLException {
        return new Office(
                new OfficeId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("time_zone"),
                row.getString("address"),
                row.getInt("users"),
                row.getLong("version"));
    }
}
