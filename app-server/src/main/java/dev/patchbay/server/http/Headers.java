package dev.patchbay.server.http;

import dev.patchbay.server.access.Refusal;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/// The headers of every answer: what browsers must not do with it, and which other sites may read it (CORS).
final class Headers {
    /// An answer of the API is never a document; pages set their own policy.
    private static final Map<String, String> ALWAYS = new LinkedHashMap<>(Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Permissions-Policy",
            "microphone=(), camera=(), geolocation=(), display-capture=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store"));
    private static final String EXPOSED =
            "Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-Id, Idempotency-Replayed";

    private final Origins origins;
    private final boolean https;

    /// @param https whether browsers reach this server by HTTPS
    Headers(Origins origins, boolean https) {
        this.origins = origins;
        this.https = https;
    }

    /// For answers that are given before a request reaches the routes.
    static void bare(HttpFields.Mutable fields) {
        ALWAYS.forEach(fields::put);
        fields.put("Content-Type", "application/json");
        // The body, if there is one, was not read: nothing more can come on this connection.
        fields.put("Connection", "close");
    }

    /// @throws Refusal 403 for the preflight of a site that is not listed
    void before(Context context) {
        ALWAYS.forEach(context::header);
        if (https) {
            context.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!origins.isEmpty()) {
            context.header("Vary", "Origin");
        }
        boolean preflight = context.method().equals(HandlerType.OPTIONS);
        String origin = context.header("Origin");
        if (origin != null && origins.lists(origin)) {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Access-Control-Expose-Headers", EXPOSED);
            context.header("Cross-Origin-Resource-Policy", "cross-origin");
            if (preflight) {
                context.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
                context.header(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, X-Api-Key, X-Request-Id");
                context.header("Access-Control-Max-Age", "600");
            }
        }
        if (preflight) {
            requireKnown(context);
            context.status(204).skipRemainingHandlers();
        }
    }

    /// @throws Refusal 403 when a script of a site that is neither ours nor listed asks
    void requireKnown(Context context) {
        if (origins.foreign(context.header("Origin"), context.header("Host"))) {
            throw Refusal.of(403, "ORIGIN_REFUSED", "Scripts of that site may not call this server.");
        }
    }
}
