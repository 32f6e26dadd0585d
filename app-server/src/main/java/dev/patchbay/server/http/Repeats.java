package dev.patchbay.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Once;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// `Idempotency-Key` on POST: a request sent again within 24 hours gets the first answer and changes nothing.
final class Repeats {
    private static final int TRIES = 40;

    private final Database database;

    /// @param request a fingerprint: the same key with another request is a mistake, not a repetition
    private record Kept(
            String request, int status, @Nullable JsonNode body) {}

    Repeats(Database database) {
        this.database = database;
    }

    Answer handle(Route route, Exchange exchange) {
        Optional<String> key =
                route.method() == Route.Method.POST ? exchange.header("Idempotency-Key") : Optional.empty();
        if (key.isEmpty() || exchange.principal() instanceof Principal.Anonymous) {
            return answer(route.handler().handle(exchange));
        }
        if (!key.get().matches("[\\x21-\\x7e]{1,80}")) {
            throw Refusal.invalid("Idempotency-Key", "Idempotency-Key is 1 to 80 visible ASCII characters.");
        }
        // Live commands have ids of their own in the same table.
        Once.Key once = new Once.Key(exchange.company(), exchange.principal().key(), "rest:" + key.get());
        String request = fingerprint(route, exchange);
        try {
            Answer answer = ScopedValue.where(Once.KEY, once)
                    .call(() -> answer(route.handler().handle(exchange)));
            JsonNode body = answer.body() == null ? null : Json.tree(answer.body());
            database.answered(exchange.company(), once, Json.write(new Kept(request, answer.status(), body)));
            return answer;
        } catch (Once.Repeated e) {
            return first(exchange.company(), once, request);
        }
    }

    private Answer first(CompanyId company, Once.Key once, String request) {
        // The first one may still be between its commit and keeping its answer.
        for (int i = 0; i < TRIES; i++) {
            Optional<Kept> kept = database.answer(company, once).map(text -> Json.read(text, Kept.class));
            if (kept.isPresent()) {
                if (!kept.get().request().equals(request)) {
                    throw Refusal.rule("IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key belongs to another request.");
                }
                return new Answer(kept.get().status(), kept.get().body(), Map.of("Idempotency-Replayed", "true"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
        throw Refusal.conflict("ALREADY_DONE", "This was done before, but its answer was not kept. Look at the list.");
    }

    private static String fingerprint(Route route, Exchange exchange) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(exchange.target().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            if (route.body() != null) {
                digest.update(exchange.text().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Answer answer(Object outcome) {
        return outcome instanceof Answer answer ? answer : Answer.of(outcome);
    }
}
