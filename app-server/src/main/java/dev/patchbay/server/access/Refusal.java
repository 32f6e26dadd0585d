package dev.patchbay.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import dev.patchbay.model.Permission;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expected "no": it carries all that the asker is told. Thrown by use cases, mapped at the edges, never logged as
/// an error.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient ErrorBody body;
    private final @Nullable Duration retryAfter;

    public Refusal(int status, ErrorBody body, @Nullable Duration retryAfter) {
        super(body.code() + ": " + body.message(), null, false, false);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    public ErrorBody body() {
        return body;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, ErrorBody.of(code, message), null);
    }

    /// A race lost or a state that does not allow it (409), with what the asker needs to go on.
    public static Refusal conflict(String code, String message, Object details) {
        JsonNode tree = Json.tree(details);
        return new Refusal(409, new ErrorBody("error", message, code, List.of(), tree), null);
    }

    public static Refusal conflict(String code, String message) {
        return of(409, code, message);
    }

    /// A rule forbids it (422); `code` is the rule's name.
    public static Refusal rule(String code, String message) {
        return of(422, code, message);
    }

    /// Absent, or another company's: the two answer alike.
    public static Refusal notFound(String what) {
        return of(404, "NOT_FOUND", "There is no such " + what + ".");
    }

    public static Refusal unauthenticated() {
        return of(401, "UNAUTHENTICATED", "Sign in first.");
    }

    public static Refusal forbidden(Permission permission) {
        return of(403, "FORBIDDEN", "Your role does not allow this (" + permission.wire() + ").");
    }

    public static Refusal invalid(List<FieldError> errors) {
        String message = errors.isEmpty()
                ? "The request is not valid."
                : errors.getFirst().message();
        return new Refusal(400, new ErrorBody("error", message, "VALIDATION_ERROR", errors, null), null);
    }

    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message, "VALIDATION_ERROR")));
    }

    public static Refusal tooMany(Duration retryAfter) {
        return new Refusal(
                429,
                ErrorBody.of("TOO_MANY_REQUESTS", "Too many requests. Try again in " + retryAfter.toSeconds() + " s."),
                retryAfter);
    }

    public static Refusal unavailable(String message) {
        return new Refusal(503, ErrorBody.of("UNAVAILABLE", message), Duration.ofSeconds(2));
    }

    /// Nothing can be saved, and nothing was.
    public static Refusal diskFull() {
        return new Refusal(
                503,
                ErrorBody.of("DISK_FULL", "The server's disk is full: nothing can be saved until there is room."),
                Duration.ofSeconds(30));
    }
}
