package dev.patchbay.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Frame;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Once;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The commands that clients may send, and how one is done once.
///
/// A remembered command runs with its name bound in [Once#KEY]: its first write transaction stores the name too, and a
/// second run of the same name finds it and is given the first answer. Refusals change nothing and are therefore not
/// remembered, unless part of the command was committed before.
final class Commands {
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);
    private static final int ID_LENGTH = 100;

    private final Map<String, LiveCommand<?>> byType = new ConcurrentHashMap<>();
    private final Database database;

    Commands(Database database) {
        this.database = database;
    }

    void add(LiveCommand<?> command) {
        if (byType.putIfAbsent(command.type(), command) != null) {
            throw new IllegalArgumentException("two commands are called " + command.type());
        }
    }

    List<LiveCommand<?>> all() {
        return byType.values().stream()
                .sorted(Comparator.comparing(LiveCommand::type))
                .toList();
    }

    /// @return the reply's data
    /// @throws Refusal when the command is unknown, not allowed, not valid or refused
    JsonNode run(Principal principal, CompanyId company, Frame.Command sent) throws InterruptedException {
        LiveCommand<?> command = byType.get(sent.type());
        if (command == null) {
            throw Refusal.of(404, "UNKNOWN_COMMAND", "This server knows no command of that type.");
        }
        command.access().check(principal);
        if (sent.id().isEmpty()
                || sent.id().length() > ID_LENGTH
                || !sent.id().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Refusal.invalid("id", "id is 1 to 100 ASCII characters without blanks.");
        }
        return ScopedValue.where(Actor.CURRENT, principal.actor(""))
                .call(() -> command.remembered()
                        ? once(command, principal, company, sent)
                        : handle(command, principal, sent.data()));
    }

    private JsonNode once(LiveCommand<?> command, Principal principal, CompanyId company, Frame.Command sent)
            throws InterruptedException {
        Once.Key key = new Once.Key(company, principal.key(), sent.id());
        Optional<String> before = database.answer(company, key);
        if (before.isPresent()) {
            return first(before.get());
        }
        try {
            JsonNode answer = ScopedValue.where(Once.KEY, key).call(() -> handle(command, principal, sent.data()));
            database.answered(company, key, answer.toString());
            return answer;
        } catch (Once.Repeated e) {
            return first(await(company, key));
        } catch (Refusal e) {
            database.answered(company, key, Json.write(e.body()));
            throw e;
        }
    }

    /// The first run may still be at work: its answer comes within moments, or never when the server died in between.
    private String await(CompanyId company, Once.Key key) throws InterruptedException {
        long end = System.nanoTime() + ANSWER_WAIT.toNanos();
        do {
            Optional<String> answer = database.answer(company, key);
            if (answer.isPresent()) {
                return answer.get();
            }
            Thread.sleep(Duration.ofMillis(20));
        } while (System.nanoTime() < end);
        return "null";
    }

    private static JsonNode first(String answer) {
        try {
            JsonNode tree = Json.MAPPER.readTree(answer);
            if (tree.path("status").asText().equals("error") && tree.has("code")) {
                throw new Refusal(409, Json.convert(tree, ErrorBody.class), null);
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table command holds an answer that is no JSON", e);
        }
    }

    private static <T> JsonNode handle(LiveCommand<T> command, Principal principal, @Nullable JsonNode data) {
        Object answer = command.handler().handle(principal, body(data, command.body()));
        return answer == null ? NullNode.getInstance() : Json.tree(answer);
    }

    /// Reads the command's data; without any it is an empty object.
    ///
    /// @throws Refusal 400 naming the fields that are wrong
    static <T> T body(@Nullable JsonNode data, Class<T> type) {
        return Input.read(data == null || data.isNull() ? JsonNodeFactory.instance.objectNode() : data, type);
    }
}
