package dev.patchbay.server.http;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.util.Optional;
import java.util.function.Function;

/// What a handler sees of an HTTP request.
public interface Request {
    Principal principal();

    /// @throws Refusal 401 when it is not a user (a route with user access never gets there)
    default Principal.User user() {
        if (principal() instanceof Principal.User user) {
            return user;
        }
        throw Refusal.unauthenticated();
    }

    default Principal.Visitor visitor() {
        if (principal() instanceof Principal.Visitor visitor) {
            return visitor;
        }
        throw Refusal.unauthenticated();
    }

    /// The asker's company: the only one a handler may touch.
    default CompanyId company() {
        return switch (principal()) {
            case Principal.User user -> user.company();
            case Principal.Visitor visitor -> visitor.company();
            case Principal.Anonymous _ -> throw Refusal.unauthenticated();
        };
    }

    String path(String name);

    Optional<String> query(String name);

    Optional<String> header(String name);

    /// The text of the body, for the few routes that do not take JSON.
    String text();

    /// The JSON body.
    ///
    /// @throws Refusal 400 naming what cannot be read
    <T> T body(Class<T> type);

    /// The client's address, as the nearest trusted proxy tells it.
    String address();

    /// An id in the path; one that is none of this kind is absent, not wrong.
    default <T extends Id> T id(String name, Function<String, T> parse, String what) {
        try {
            return parse.apply(path(name));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound(what);
        }
    }

    /// How many items a list answers: `?limit=`, 50 without, 200 at most.
    default int limit() {
        return query("limit")
                .map(text -> {
                    try {
                        return Math.clamp(Integer.parseInt(text), 1, 200);
                    } catch (NumberFormatException e) {
                        throw Refusal.invalid("limit", "limit is a whole number from 1 to 200.");
                    }
                })
                .orElse(50);
    }
}
