package dev.patchbay.server.leads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.patchbay.model.Json;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The SQL of leads; every statement is the same on H2 and PostgreSQL.
final class LeadTable {
    private static final String SELECT = """
            select l.*, u.name as owner_name
            from lead l left join app_user u on u.company_id = l.company_id and u.id = l.owner_id
            where l.company_id = :company
            """;

    private LeadTable() {}

    /// Which leads a list shows.
    ///
    /// @param owner only this user's; null for everybody's
    /// @param tank only those without an owner
    /// @param text part of name, phone or e-mail; null for any
    record Filter(
            boolean tank,
            @Nullable UserId owner,
            @Nullable String text,
            @Nullable String stage,
            @Nullable String source,
            @Nullable LeadCursor after) {
        static final Filter TANK = new Filter(true, null, null, null, null, null);
    }

    static List<Lead> list(Transaction transaction, LeadSight sight, Filter filter, int limit) {
        StringBuilder sql = new StringBuilder(SELECT);
        Map<String, Object> bound = new HashMap<>();
        if (sight.office() != null) {
            sql.append(" and (l.office_id is null or l.office_id = :office)");
            bound.put("office", sight.office());
        }
        if (!sight.colleagues()) {
            sql.append(" and (l.owner_id is null or l.owner_id = :me)");
            bound.put("me", sight.user());
        }
        if (filter.tank()) {
            sql.append(" and l.owner_id is null");
        }
        if (filter.owner() != null) {
            sql.append(" and l.owner_id = :owner");
            bound.put("owner", filter.owner());
        }
        if (filter.stage() != null) {
            sql.append(" and l.stage = :stage");
            bound.put("stage", filter.stage());
        }
        if (filter.source() != null) {
            sql.append(" and l.source = :source");
            bound.put("source", filter.source());
        }
        if (filter.text() != null) {
            sql.append(" and (lower(l.name) like :text escape '!' or l.phone like :phone escape '!'"
                    + " or l.email like :text escape '!')");
            bound.put("text", contains(filter.text().toLowerCase(Locale.ROOT)));
            bound.put("phone", contains(phoneDigits(filter.text())));
        }
        if (filter.after() != null) {
            sql.append(" and (l.created_at < :at or (l.created_at = :at and l.id < :afterId))");
            bound.put("at", filter.after().createdAt());
            bound.put("afterId", filter.after().id());
        }
        sql.append(" order by l.created_at desc, l.id desc limit :limit");
        return transaction
                .query(sql.toString())
                .bindMap(bound)
                .bind("limit", limit)
                .map(LeadTable::lead)
                .list();
    }

    private static String contains(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /// People search numbers with blanks and brackets; what holds letters is no number and is sought as it is.
    private static String phoneDigits(String text) {
        String digits = text.replaceAll("[ ()./-]", "");
        return digits.matches("\\+?[0-9]+") ? digits : text;
    }

    static Optional<Lead> find(Transaction transaction, LeadId id) {
        return transaction
                .query(SELECT + " and l.id = :id")
                .bind("id", id)
                .map(LeadTable::lead)
                .findOne();
    }

    /// The lead, which nobody changes until this transaction ends. PostgreSQL only.
    static Optional<Lead> hold(Transaction transaction, UUID id) {
        return transaction
                .query(SELECT + " and l.id = :id for share of l")
                .bind("id", id)
                .map(LeadTable::lead)
                .findOne();
    }

    /// A lead as another program's change left it in `lead_change`. PostgreSQL only.
    static Lead kept(Transaction transaction, String row) {
        return transaction.query("""
                        select l.*, u.name as owner_name
                        from jsonb_populate_record(null::lead, cast(:row as jsonb)) l
                        left join app_user u on u.company_id = :company and u.id = l.owner_id
                        """).bind("row", row).map(LeadTable::lead).one();
    }

    /// Those with the same phone or e-mail, the one touched last first.
    static List<Lead> same(Transaction transaction, @Nullable String phone, @Nullable String email) {
        return transaction
                .query(SELECT + " and (l.phone = :phone or l.email = :email) order by l.updated_at desc, l.id limit 20")
                .bind("phone", phone)
                .bind("email", email)
                .map(LeadTable::lead)
                .list();
    }

    static void insert(
            Transaction transaction, LeadId id, LeadInput.Content content, String stage, @Nullable OfficeId office) {
        transaction
                .update("""
                        insert into lead (company_id, id, name, phone, email, source, stage, office_id, tags, fields,
                                          notes, created_at, updated_at)
                        values (:company, :id, :name, :phone, :email, :source, :stage, :office, %s, %s, :notes, :now, :now)
                        """.formatted(
                                transaction.dialect().jsonParameter("tags"),
                                transaction.dialect().jsonParameter("fields")))
                .bind("id", id)
                .bind("name", content.name())
                .bind("phone", content.phone())
                .bind("email", content.email())
                .bind("source", content.source())
                .bind("stage", stage)
                .bindByType("office", office == null ? null : office.value(), UUID.class)
                .bind("tags", Json.write(content.tags() == null ? List.of() : content.tags()))
                .bind("fields", Json.write(content.fields() == null ? Map.of() : content.fields()))
                .bind("notes", content.notes())
                .bind("now", transaction.now())
                .execute();
    }

    /// @return whether the lead was there in that version
    static boolean update(Transaction transaction, Lead before, LeadInput.Content content) {
        return transaction
                        .update("""
                        update lead set name = :name, phone = :phone, email = :email, source = :source, stage = :stage,
                            tags = %s, fields = %s, notes = :notes, version = version + 1, updated_at = :now
                        where company_id = :company and id = :id and version = :version
                        """.formatted(
                                        transaction.dialect().jsonParameter("tags"),
                                        transaction.dialect().jsonParameter("fields")))
                        .bind("id", before.id())
                        .bind("version", before.version())
                        .bind("name", content.name())
                        .bind("phone", content.phone())
                        .bind("email", content.email())
                        .bind("source", content.source())
                        .bind("stage", content.stage() == null ? before.stage() : content.stage())
                        .bind("tags", Json.write(content.tags() == null ? before.tags() : content.tags()))
                        .bind("fields", Json.write(content.fields() == null ? before.fields() : content.fields()))
                        .bind("notes", content.notes())
                        .bind("now", transaction.now())
                        .execute()
                == 1;
    }

    /// @return whether the lead was there in that version
    static boolean move(Transaction transaction, LeadId id, long version, String stage) {
        return transaction
                        .update("""
                        update lead set stage = :stage, version = version + 1, updated_at = :now
                        where company_id = :company and id = :id and version = :version
                        """)
                        .bind("id", id)
                        .bind("version", version)
                        .bind("stage", stage)
                        .bind("now", transaction.now())
                        .execute()
                == 1;
    }

    /// Compare-and-set: of any number of callers one gets true.
    static boolean claim(Transaction transaction, LeadId id, UserId owner) {
        return transaction
                        .update("""
                        update lead set owner_id = :owner, version = version + 1, updated_at = :now
                        where company_id = :company and id = :id and owner_id is null
                        """)
                        .bind("id", id)
                        .bind("owner", owner)
                        .bind("now", transaction.now())
                        .execute()
                == 1;
    }

    /// @param owner null to put it back into the tank
    /// @return whether the lead was there in that version
    static boolean give(Transaction transaction, LeadId id, long version, @Nullable UserId owner) {
        return transaction
                        .update("""
                        update lead set owner_id = :owner, version = version + 1, updated_at = :now
                        where company_id = :company and id = :id and version = :version
                        """)
                        .bind("id", id)
                        .bind("version", version)
                        .bindByType("owner", owner == null ? null : owner.value(), UUID.class)
                        .bind("now", transaction.now())
                        .execute()
                == 1;
    }

    static List<LeadId> ofOwner(Transaction transaction, UserId owner) {
        return transaction
                .query("select id from lead where company_id = :company and owner_id = :owner order by id for update")
                .bind("owner", owner)
                .map((row, _) -> new LeadId(row.getObject("id", UUID.class)))
                .list();
    }

    static boolean delete(Transaction transaction, LeadId id) {
        return transaction
                        .update("delete from lead where company_id = :company and id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static boolean isUser(Transaction transaction, UserId user) {
        return transaction
                .query("select 1 from app_user where company_id = :company and id = :user and active")
                .bind("user", user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// The company's event number: read before the rows, so that nothing that follows it is missed.
    static long asOf(Transaction transaction) {
        return transaction
                .query("select seq from event_counter where company_id = :company")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static Lead lead(ResultSet row, StatementContext context) throws SQLException {
        UUID owner = row.getObject("owner_id", UUID.class);
        UUID office = row.getObject("office_id", UUID.class);
        return new Lead(
                new LeadId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("source"),
                row.getString("stage"),
                owner == null ? null : new UserId(owner),
                row.getString("owner_name"),
                office == null ? null : new OfficeId(office),
                read(row.getString("tags"), new TypeReference<List<String>>() {}, List.of()),
                read(row.getString("fields"), new TypeReference<Map<String, String>>() {}, Map.of()),
                row.getString("notes"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /// Other programs write these columns too: what is not of our shape shows as empty and breaks no list.
    private static <T> T read(String json, TypeReference<T> type, T otherwise) {
        try {
            T value = Json.MAPPER.readValue(json, type);
            return value == null ? otherwise : value;
        } catch (JsonProcessingException e) {
            return otherwise;
        }
    }
}
