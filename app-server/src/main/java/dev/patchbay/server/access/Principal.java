package dev.patchbay.server.access;

import dev.patchbay.model.CallId;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Me;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks.
public sealed interface Principal {
    /// Nobody known; `address` is where the request comes from.
    record Anonymous(String address) implements Principal {}

    /// A person who signed in.
    ///
    /// @param session the sign-in, which can be ended from elsewhere
    /// @param apiKey the key by which a program acts for this person, with no more than the key's scopes; null for
    /// the person
    record User(Me me, UUID session, @Nullable UUID apiKey) implements Principal {
        public User(Me me, UUID session) {
            this(me, session, null);
        }

        /// Whether a program asks, not the person.
        public boolean byKey() {
            return apiKey != null;
        }

        public UserId id() {
            return me.id();
        }

        public CompanyId company() {
            return me.company().id();
        }

        public boolean may(Permission permission) {
            return me.may(permission);
        }
    }

    /// The visitor of one call, known by the token that the call page got.
    record Visitor(CompanyId company, CallId call, ParticipantId participant) implements Principal {}

    /// As the audit log names it.
    ///
    /// @param address where the request comes from
    default Actor actor(String address) {
        return switch (this) {
            case Anonymous _ -> new Actor(null, "anonymous", address);
            case User user -> new Actor(user.id().value(), user.me().name(), address);
            case Visitor visitor -> new Actor(null, "visitor " + visitor.participant(), address);
        };
    }

    /// The name under which command ids are remembered: one client's ids never meet another's.
    default String key() {
        return switch (this) {
            case Anonymous anonymous -> "anonymous:" + anonymous.address();
            case User user -> user.byKey() ? "key:" + user.apiKey() : "user:" + user.id();
            case Visitor visitor -> "visitor:" + visitor.participant();
        };
    }
}
