package dev.patchbay.server.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;
import java.util.UUID;

/// What other programs sign in with: `/api-keys`, and `/auth/token` for sockets.
final class KeyRoutes implements Route.Feature {
    private final ApiKeys keys;
    private final ConnectionTokens connections;

    /// Names as the programs write them that ask for it.
    ///
    /// @param customer_id the company's id or its name in addresses
    @SuppressWarnings("checkstyle:RecordComponentName")
    record Connection(
            @JsonProperty("customer_id") String customer_id,
            @JsonProperty("user_id") String user_id,
            @JsonProperty("session_id") String session_id) {}

    KeyRoutes(ApiKeys keys, ConnectionTokens connections) {
        this.keys = keys;
        this.connections = connections;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api-keys",
                        Access.PERSON,
                        "Lists the own API keys; all of the company for whoever runs it.",
                        ApiKeys.View.class,
                        request -> keys.list(request.user())),
                Route.post(
                        "/api-keys",
                        Access.PERSON,
                        "Makes a key for another program; it is shown this once.",
                        ApiKeys.NewKey.class,
                        ApiKeys.Made.class,
                        request -> Answer.created(keys.make(request.user(), request.body(ApiKeys.NewKey.class)))),
                Route.delete("/api-keys/{id}", Access.PERSON, "Revokes a key at once.", Void.class, this::revoke),
                Route.post(
                        "/auth/token",
                        Access.SIGNED_IN,
                        "Gives a short-lived token for /live that is bound to one sign-in: the own one, or with an API "
                                + "key that may manage users one of the company.",
                        Connection.class,
                        ConnectionTokens.Given.class,
                        this::token));
    }

    private Object revoke(Request request) {
        UUID id;
        try {
            id = UUID.fromString(request.path("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("key");
        }
        keys.revoke(request.user(), id);
        return Answer.nothing();
    }

    private Object token(Request request) {
        Connection body = request.body(Connection.class);
        return connections.give(request.user(), body.customer_id(), body.user_id(), body.session_id());
    }
}
