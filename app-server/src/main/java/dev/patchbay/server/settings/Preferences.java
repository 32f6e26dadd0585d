package dev.patchbay.server.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Json;
import dev.patchbay.model.Payload;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user's own preferences: any JSON object of at most 16 kB, of which `theme` and `language` mean something to us. A
/// change is merged as a JSON merge patch (RFC 7396): what is not named stays, null takes away.
final class Preferences {
    private static final int MOST_CHARACTERS = 16_384;

    private final Database database;

    Preferences(Database database) {
        this.database = database;
    }

    /// With the defaults where nothing was chosen.
    ObjectNode of(Principal.User user) {
        return database.read(user.company(), transaction -> complete(transaction, stored(transaction, user)));
    }

    /// @throws Refusal 400 naming `theme` or `language`, or when it becomes too long
    ObjectNode merge(Principal.User user, JsonNode patch) {
        check(patch);
        return database.write(user.company(), transaction -> {
            // The user's row is the lock of preferences that may have no row of their own yet.
            transaction
                    .query("select id from app_user where company_id = :company and id = :user for update")
                    .bind("user", user.id())
                    .mapTo(UUID.class)
                    .findOne();
            Optional<ObjectNode> before = stored(transaction, user);
            ObjectNode after = patched(before.orElseGet(Json.MAPPER::createObjectNode), patch);
            String text = Json.write(after);
            if (text.length() > MOST_CHARACTERS) {
                throw Refusal.invalid("body", "Preferences are longer than 16 kB.");
            }
            String sql = before.isEmpty()
                    ? "insert into user_preferences (company_id, user_id, preferences, version, updated_at)"
                            + " values (:company, :user, %s, 1, :now)"
                    : "update user_preferences set preferences = %s, version = version + 1, updated_at = :now"
                            + " where company_id = :company and user_id = :user";
            transaction
                    .update(sql.formatted(transaction.dialect().jsonParameter("preferences")))
                    .bind("user", user.id())
                    .bind("preferences", text)
                    .bind("now", transaction.now())
                    .execute();
            transaction.emit(
                    EventType.SETTINGS_CHANGED,
                    Audience.user(user.id()),
                    user.id(),
                    new Payload.OfSettings("preferences", user.id().toString()));
            return complete(transaction, Optional.of(after));
        });
    }

    private static void check(JsonNode patch) {
        Check check = new Check();
        check.that(
                absent(patch.get("theme"))
                        || Choosable.isTheme(patch.get("theme").asText()),
                "theme",
                "theme is one of those at /settings/themes.");
        check.that(
                absent(patch.get("language"))
                        || Choosable.isLanguage(patch.get("language").asText()),
                "language",
                "language is one of those at /settings/languages.");
        check.done();
    }

    private static boolean absent(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    /// RFC 7396.
    static ObjectNode patched(ObjectNode target, JsonNode patch) {
        ObjectNode merged = target.deepCopy();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                merged.remove(field.getKey());
            } else if (value.isObject()) {
                JsonNode present = merged.get(field.getKey());
                merged.set(
                        field.getKey(),
                        patched(present instanceof ObjectNode object ? object : Json.MAPPER.createObjectNode(), value));
            } else {
                merged.set(field.getKey(), value);
            }
        }
        return merged;
    }

    private static ObjectNode complete(Transaction transaction, Optional<ObjectNode> stored) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("theme", "system");
        all.put("language", CompanySettings.of(transaction).language());
        stored.ifPresent(all::setAll);
        return all;
    }

    private static Optional<ObjectNode> stored(Transaction transaction, Principal.User user) {
        return transaction
                .query("select preferences from user_preferences where company_id = :company and user_id = :user")
                .bind("user", user.id())
                .mapTo(String.class)
                .findOne()
                .map(Preferences::read);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("user_preferences holds what is no JSON", e);
        }
    }
}
