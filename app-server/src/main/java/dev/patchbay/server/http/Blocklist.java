package dev.patchbay.server.http;

import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Addresses that are not served at all, for the whole installation, and the administrator's routes to them.
///
/// Asked for every request, therefore kept in memory; another node's change is seen within five seconds. While the
/// database is away the last known list holds.
public final class Blocklist implements Route.Feature {
    private static final Logger LOG = LoggerFactory.getLogger(Blocklist.class);
    private static final Access ADMIN = Access.needs(Permission.SYSTEM_SETTINGS);
    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 1000;

    private final Database database;
    private final LongSupplier nanos;
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile List<Entry> entries = List.of();
    private volatile long loadedAt;

    /// @param until null for ever
    public record BlockedAddress(
            UUID id,
            String address,
            @Nullable String reason,
            @Nullable Instant until,
            Instant createdAt) {}

    /// @param address an address or a network (CIDR)
    /// @param until null for ever
    public record NewBlock(
            String address,
            @Nullable String reason,
            @Nullable Instant until) {}

    private record Entry(Network network, @Nullable Instant until) {}

    /// @param nanos a monotonic time in nanoseconds
    public Blocklist(Database database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
        load();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/blocked-addresses",
                        ADMIN,
                        "Lists the addresses that are not served.",
                        BlockedAddress[].class,
                        _ -> all()),
                Route.post(
                        "/blocked-addresses",
                        ADMIN,
                        "Blocks an address or a network (CIDR), for ever or until a time.",
                        NewBlock.class,
                        BlockedAddress.class,
                        request ->
                                Answer.created(add(request.user(), request.address(), request.body(NewBlock.class)))),
                Route.delete("/blocked-addresses/{id}", ADMIN, "Serves an address again.", Void.class, request -> {
                    remove(request.user(), id(request));
                    return Answer.nothing();
                }));
    }

    private static UUID id(Request request) {
        try {
            return UUID.fromString(request.path("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("blocked address");
        }
    }

    /// Whether nothing from this address is served. Never blocks.
    boolean blocks(String address) {
        if (nanos.getAsLong() - loadedAt > FRESH && loading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("blocklist").start(() -> {
                try {
                    load();
                } finally {
                    loading.set(false);
                }
            });
        }
        List<Entry> known = entries;
        if (known.isEmpty()) {
            return false;
        }
        Optional<Network.Address> numeric = Network.address(address);
        Instant now = database.now();
        return numeric.isPresent()
                && known.stream()
                        .anyMatch(
                                entry -> (entry.until() == null || entry.until().isAfter(now))
                                        && entry.network().holds(numeric.get()));
    }

    private void load() {
        loadedAt = nanos.getAsLong();
        try {
            entries = all().stream()
                    .map(one -> new Entry(Network.parse(one.address()), one.until()))
                    .toList();
        } catch (RuntimeException e) {
            LOG.warn("the block list could not be read; the last known one holds: {}", e.getMessage());
        }
    }

    private List<BlockedAddress> all() {
        return database.acrossCompanies(handle -> handle.createQuery("""
                        select id, address, reason, until_at, created_at from blocked_address
                        order by created_at desc, id limit :most
                        """)
                .bind("most", MOST)
                .map((row, _) -> new BlockedAddress(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        row.getString("reason"),
                        instant(row.getObject("until_at", OffsetDateTime.class)),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private BlockedAddress add(Principal.User admin, String own, NewBlock wanted) {
        Check check = new Check();
        String address = check.text("address", wanted.address(), 2, 60);
        String reason = check.optional("reason", wanted.reason(), 200);
        check.that(
                wanted.until() == null || wanted.until().isAfter(database.now()), "until", "until lies in the future.");
        check.done();
        Network network;
        try {
            network = Network.parse(address);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("address", "address is an address or a network such as 203.0.113.0/24.");
        }
        if (network.bits() < (network.isIpv4() ? 8 : 16)) {
            throw Refusal.invalid("address", "address is too wide a network: at least /8, or /16 with IPv6.");
        }
        if (Network.address(own).filter(network::holds).isPresent()) {
            throw Refusal.rule("OWN_ADDRESS", "You would lock yourself out.");
        }
        BlockedAddress made = new BlockedAddress(UUID.randomUUID(), address, reason, wanted.until(), database.now());
        database.change(admin.company(), transaction -> {
            transaction
                    .update("""
                        insert into blocked_address (company_id, id, address, reason, until_at, created_at, created_by)
                        values (:company, :id, :address, :reason, :until, :now, :by)
                        """)
                    .bind("id", made.id())
                    .bind("address", made.address())
                    .bind("reason", made.reason())
                    .bind(
                            "until",
                            wanted.until() == null ? null : wanted.until().atOffset(ZoneOffset.UTC))
                    .bind("now", made.createdAt().atOffset(ZoneOffset.UTC))
                    .bind("by", admin.id().value())
                    .execute();
            transaction.audit("address.blocked", "address:" + made.id(), made);
        });
        load();
        LOG.info("{} blocks {}", admin.key(), address);
        return made;
    }

    /// Any administrator of the installation may lift what another one blocked.
    private void remove(Principal.User admin, UUID id) {
        int gone = database.acrossCompanies(handle -> handle.createUpdate("delete from blocked_address where id = :id")
                .bind("id", id)
                .execute());
        if (gone == 0) {
            throw Refusal.notFound("blocked address");
        }
        database.change(
                admin.company(), transaction -> transaction.audit("address.unblocked", "address:" + id, Map.of()));
        load();
        LOG.info("{} lifts the block {}", admin.key(), id);
    }
}
