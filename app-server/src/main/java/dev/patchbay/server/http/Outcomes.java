package dev.patchbay.server.http;

import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where what a handler did becomes an HTTP answer.
///
/// A [Refusal] says everything itself. What nobody expected answers 500 with a short id, under which the log holds the
/// cause, once.
final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private final SecureRandom random = new SecureRandom();

    void install(JavalinConfig javalin) {
        javalin.routes.exception(Exception.class, (e, context) -> failed(context, e));
        // Javalin's own answer to these is plain text.
        javalin.routes.exception(HttpResponseException.class, (e, context) -> {
            failed(context, e);
            // No route took it, so nobody read its body.
            Exchange.drain(context);
        });
        javalin.router.javaLangErrorHandler((response, error) -> {
            LOG.error(
                    "a request failed with {}; the server goes on",
                    error.getClass().getSimpleName(),
                    error);
            response.setStatus(500);
        });
    }

    /// What Jetty refuses before there is a request for us: broken request lines, addresses with hidden slashes.
    boolean unreadable(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 400 : response.getStatus();
        response.setStatus(status);
        Headers.bare(response.getHeaders());
        String body = Json.write(ErrorBody.of("HTTP_" + status, "The request cannot be served."));
        org.eclipse.jetty.io.Content.Sink.write(response, true, body, callback);
        return true;
    }

    void write(Context context, Answer answer) {
        context.status(answer.status());
        switch (answer.body()) {
            case null -> {}
            case Content content -> {
                context.contentType(content.type());
                context.result(content.bytes());
            }
            case Object body -> json(context, body);
        }
        answer.headers().forEach((name, value) -> {
            if (value.isEmpty()) {
                context.res().setHeader(name, null);
            } else {
                context.header(name, value);
            }
        });
    }

    void failed(Context context, Exception failure) {
        switch (failure) {
            case Refusal refusal -> refuse(context, refusal.status(), refusal.body(), refusal.retryAfter());
            case HttpResponseException e -> refuse(context, e);
            default -> {
                if (Database.isFull(failure)) {
                    LOG.error(
                            "the disk is full; the request was refused and changed nothing: {}", rootMessage(failure));
                    Refusal full = Refusal.diskFull();
                    refuse(context, full.status(), full.body(), full.retryAfter());
                } else if (Database.isAway(failure)) {
                    LOG.warn("the database is away; the request was refused: {}", rootMessage(failure));
                    Refusal away = Refusal.unavailable("The database cannot be reached just now.");
                    refuse(context, away.status(), away.body(), away.retryAfter());
                } else if (Database.isDuplicate(failure)) {
                    // A race that the use case does not know by name; the constraint decided it.
                    LOG.warn("{} met what is there already", context.endpoint().path, failure);
                    refuse(context, 409, ErrorBody.of("ALREADY_EXISTS", "There is such a thing already."), null);
                } else {
                    unexpected(context, failure);
                }
            }
        }
    }

    private void unexpected(Context context, Exception failure) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        LOG.error("error {}: {} {} failed", id, context.method().name(), context.endpoint().path, failure);
        refuse(
                context,
                500,
                ErrorBody.of("INTERNAL", "Something went wrong here. The log tells what under " + id + "."),
                null);
    }

    private static void refuse(Context context, HttpResponseException e) {
        switch (e.getStatus()) {
            case 404 -> refuse(context, 404, ErrorBody.of("NOT_FOUND", "There is nothing at this address."), null);
            case 405 -> {
                String allowed = e.getDetails().getOrDefault("availableMethods", "");
                if (!allowed.isEmpty()) {
                    context.header("Allow", allowed);
                }
                refuse(
                        context,
                        405,
                        ErrorBody.of(
                                "METHOD_NOT_ALLOWED",
                                "This address does not take " + context.method().name() + "."),
                        null);
            }
            case 413 -> refuse(context, 413, ErrorBody.of("TOO_LARGE", "The body is longer than 1 MB."), null);
            default ->
                refuse(
                        context,
                        e.getStatus(),
                        ErrorBody.of("HTTP_" + e.getStatus(), "The request cannot be served."),
                        null);
        }
    }

    private static void refuse(Context context, int status, ErrorBody body, @Nullable Duration retryAfter) {
        RequestLog.refused(context, body.code());
        context.status(status);
        if (retryAfter != null) {
            context.header("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        if (status == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        json(context, body);
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json");
        context.result(Json.write(body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
