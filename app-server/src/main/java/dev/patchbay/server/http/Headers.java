package dev.patchbay.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/// The headers of every answer: what browsers must not do with it, and which other sites may read it (CORS).
final class Headers {
    private final List<String> origins;
    private final boolean tls;

    Headers(List<String> origins, boolean tls) {
        this.origins = origins;
        this.tls = tls;
    }

    void before(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("X-Frame-Options", "DENY");
        // An answer of the API is never a document; pages set their own policy.
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Cache-Control", "no-store");
        if (tls) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (!origins.isEmpty()) {
            context.header("Vary", "Origin");
        }
        String origin = context.header("Origin");
        if (origin != null && origins.contains(origin)) {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Access-Control-Expose-Headers", "Retry-After");
            if (context.method().equals(HandlerType.OPTIONS)) {
                context.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
                context.header("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
                context.header("Access-Control-Max-Age", "600");
            }
        }
        if (context.method().equals(HandlerType.OPTIONS)) {
            context.status(204).skipRemainingHandlers();
        }
    }
}
