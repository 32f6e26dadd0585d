package dev.patchbay.server.store;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the audit log.
///
/// @param seq the company's number, without gaps and in commit order
/// @param subject what it is about, such as `user:…`
/// @param detail JSON text
/// @param previous the hash of the row before; zeros for the first
/// @param hash see [#expectedHash]
public record AuditRow(
        CompanyId company,
        long seq,
        Instant at,
        @Nullable UUID actorId,
        String actorName,
        String action,
        String subject,
        String detail,
        String address,
        String previous,
        String hash) {
    /// What stands before the first row.
    public static final String BEGINNING = "0".repeat(64);

    /// Reads `select *`.
    public static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                new CompanyId(row.getObject("company_id", UUID.class)),
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("actor_id", UUID.class),
                row.getString("actor_name"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("address"),
                row.getString("previous"),
                row.getString("hash"));
    }

    /// SHA-256 in hexadecimal over the UTF-8 of a JSON array without blanks: company, seq, time in milliseconds since
    /// 1970, actor's id or null, actor's name, action, subject, detail (as text), address, previous hash. Anybody
    /// can compute it anew without this program.
    public String expectedHash() {
        String canonical = Json.write(Arrays.asList(
                company.toString(),
                seq,
                at.toEpochMilli(),
                actorId == null ? null : actorId.toString(),
                actorName,
                action,
                subject,
                detail,
                address,
                previous));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    AuditRow hashed() {
        return new AuditRow(
                company, seq, at, actorId, actorName, action, subject, detail, address, previous, expectedHash());
    }
}
