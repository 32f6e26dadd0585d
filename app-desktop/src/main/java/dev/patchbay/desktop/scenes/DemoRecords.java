package dev.patchbay.desktop.scenes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company's lists in memory, with a server's behaviour: versions, names that are taken, entries that are gone, an
/// import that is tried first, an audit log of what was done. For pictures and for tests of screens.
public class DemoRecords implements Wire {
    private final Map<String, Map<String, ObjectNode>> lists = new LinkedHashMap<>();
    private final List<ObjectNode> audit = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    /// Adds an entry as if it had always been there.
    public synchronized ObjectNode with(String list, Map<String, ?> entry) {
        ObjectNode row = Json.MAPPER.valueToTree(entry);
        if (!row.has("id") && !row.has("userId") && !list.equals("roles")) {
            row.put(
                    "id",
                    UUID.nameUUIDFromBytes((list + row).getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        row.put("version", 1);
        list(list).put(idOf(row), row);
        return row;
    }

    /// Somebody else changes an entry.
    public synchronized void meanwhile(String list, String name, Map<String, ?> change) {
        ObjectNode row = list(list).values().stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        row.setAll((ObjectNode) Json.MAPPER.valueToTree(change));
        row.put("version", row.path("version").asLong() + 1);
    }

    /// No answers until it is back.
    public synchronized void away(boolean now) {
        away = now;
    }

    /// What was asked for, such as `POST /users`, in order.
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public synchronized List<JsonNode> entries(String list) {
        return List.copyOf(list(list).values());
    }

    /// Writes into the audit log.
    public synchronized void log(String at, String who, String action, String subject, Map<String, ?> detail) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("seq", audit.size() + 1);
        row.put("at", at);
        String id = list("directory").values().stream()
                .filter(each -> each.path("name").asText().equals(who))
                .map(DemoRecords::idOf)
                .findFirst()
                .orElseThrow();
        row.putObject("actor").put("id", id).put("name", who);
        row.put("action", action);
        row.put("subject", subject);
        row.set("detail", Json.MAPPER.valueToTree(detail));
        row.put("address", "192.0.2.17");
        audit.addFirst(row);
    }

    private Map<String, ObjectNode> list(String name) {
        return lists.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    }

    private static String idOf(JsonNode row) {
        for (String id : List.of("id", "userId", "key")) {
            if (row.has(id)) {
                return row.path(id).asText();
            }
        }
        throw new IllegalArgumentException("no id in " + row);
    }

    /// Notes the question; fails when away.
    protected void arrive(String method, String path) {
        asked.add(method + " " + path);
        if (away) {
            throw new Unreachable(Unreachable.Reason.SILENT, "The server does not answer.");
        }
    }

    @Override
    public synchronized JsonNode get(String path) {
        arrive("GET", path);
        String[] parts = parts(path);
        if (parts[0].equals("audit")) {
            return parts.length > 1 ? verdict() : audit(query(path));
        }
        if (parts.length == 1) {
            return page(new ArrayList<>(list(parts[0]).values()));
        }
        ObjectNode row = require(parts[0], parts[1]);
        if (parts.length == 3) {
            return switch (parts[2]) {
                case "sessions" -> page(List.of(session()));
                case "license" -> row.path("license").isObject() ? row.get("license") : Json.MAPPER.createObjectNode();
                default ->
                    Json.MAPPER
                            .createObjectNode()
                            .set("userIds", row.path("userIds").deepCopy());
            };
        }
        ObjectNode shown = row.deepCopy();
        shown.remove(List.of("userIds", "password"));
        return shown;
    }

    @Override
    public synchronized JsonNode post(String path, Object body) {
        arrive("POST", path);
        String[] parts = parts(path);
        ObjectNode sent = Json.MAPPER.valueToTree(body);
        if (parts.length == 1) {
            check(parts[0], sent, null);
            sent.put("id", UUID.randomUUID().toString());
            sent.put("version", 1);
            if (parts[0].equals("users")) {
                sent.put("active", true);
                sent.remove("password");
            }
            list(parts[0]).put(idOf(sent), sent);
            return sent.deepCopy();
        }
        ObjectNode row = require(parts[0], parts[1]);
        return switch (parts[2]) {
            case "reset-password" -> Json.MAPPER.createObjectNode().put("password", "maple-Toast-41-river");
            case "offboard" -> {
                row.put("active", false);
                row.put("version", row.path("version").asLong() + 1);
                yield Json.MAPPER.createObjectNode().put("leadsMoved", 3).put("sessionsEnded", 2);
            }
            default -> throw gone();
        };
    }

    @Override
    public synchronized JsonNode put(String path, Object body) {
        arrive("PUT", path);
        String[] parts = parts(path);
        ObjectNode sent = Json.MAPPER.valueToTree(body);
        ObjectNode row = require(parts[0], parts[1]);
        if (parts.length == 3) {
            if (parts[2].equals("license")) {
                row.set("license", sent);
            } else {
                row.setAll(sent);
            }
            return row.deepCopy();
        }
        if (sent.has("version")
                && sent.path("version").asLong() != row.path("version").asLong()) {
            throw new Refused(
                    new ErrorBody("error", "Somebody changed this in between.", "VERSION_CONFLICT", List.of(), null),
                    409);
        }
        check(parts[0], sent, parts[1]);
        sent.remove("version");
        if (sent.has("queueIds")) {
            sent.set("queues", sent.remove("queueIds"));
        }
        row.setAll(sent);
        row.put("version", row.path("version").asLong() + 1);
        ObjectNode shown = row.deepCopy();
        shown.remove("userIds");
        return shown;
    }

    @Override
    public synchronized void delete(String path) {
        arrive("DELETE", path);
        String[] parts = parts(path);
        require(parts[0], parts[1]);
        if (parts.length == 2) {
            list(parts[0]).remove(parts[1]);
        }
    }

    @Override
    public void delete(String path, Object body) {
        delete(path);
    }

    /// Users as CSV, all or none: a line needs an e-mail address that nobody has.
    @Override
    public synchronized JsonNode upload(String path, String mediaType, String content) {
        arrive("POST", path);
        boolean dry = path.contains("dryRun=true");
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode refused = answer.putArray("refused");
        List<ObjectNode> good = new ArrayList<>();
        List<String> lines = content.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            ObjectNode user = Json.MAPPER.createObjectNode();
            user.put("name", cells[0]);
            user.put("email", cells.length > 1 ? cells[1] : "");
            try {
                check("users", user, null);
                user.putArray("roles").add("Agent");
                good.add(user);
            } catch (Refused no) {
                ObjectNode line = refused.addObject();
                line.put("line", i + 1);
                line.set(
                        "errors",
                        no.error().errors().isEmpty()
                                ? Json.MAPPER.valueToTree(
                                        List.of(Map.of("message", no.error().message())))
                                : Json.MAPPER.valueToTree(no.error().errors()));
            }
        }
        boolean all = refused.isEmpty();
        if (all && !dry) {
            good.forEach(user -> post("/users", user));
        }
        return answer.put("added", all ? good.size() : 0);
    }

    private void check(String list, ObjectNode sent, @Nullable String self) {
        if (!sent.has("name")) {
            return;
        }
        if (sent.path("name").asText("").isBlank()) {
            throw invalid("name", "A name is needed.");
        }
        boolean users = list.equals("users");
        String unique = users ? "email" : "name";
        String wanted = sent.path(unique).asText("").toLowerCase(Locale.ROOT);
        if (users && !wanted.contains("@")) {
            throw invalid("email", "“" + wanted + "” is no e-mail address.");
        }
        boolean taken = list(list).values().stream()
                .anyMatch(row -> !idOf(row).equals(self)
                        && row.path(unique).asText().toLowerCase(Locale.ROOT).equals(wanted));
        if (taken) {
            throw new Refused(
                    ErrorBody.of(
                            users ? "EMAIL_TAKEN" : "NAME_TAKEN",
                            users ? "Somebody has this e-mail address." : "There is one of this name."),
                    409);
        }
    }

    private static Refused invalid(String field, String message) {
        return new Refused(
                new ErrorBody(
                        "error",
                        "Some fields are wrong.",
                        "VALIDATION_ERROR",
                        List.of(new FieldError(field, message, "VALIDATION_ERROR")),
                        null),
                400);
    }

    private ObjectNode require(String list, String id) {
        ObjectNode row = list(list).get(id);
        if (row == null) {
            throw gone();
        }
        return row;
    }

    private static Refused gone() {
        return new Refused(ErrorBody.of("NOT_FOUND", "There is no such entry."), 404);
    }

    private JsonNode audit(Map<String, String> query) {
        List<ObjectNode> match = audit.stream()
                .filter(row -> row.path("action").asText().startsWith(query.getOrDefault("action", "")))
                .filter(row -> row.toString()
                        .toLowerCase(Locale.ROOT)
                        .contains(query.getOrDefault("q", "").toLowerCase(Locale.ROOT)))
                .filter(row -> row.path("actor")
                        .path("id")
                        .asText()
                        .equals(query.getOrDefault(
                                "actor", row.path("actor").path("id").asText())))
                .toList();
        return page(match);
    }

    private JsonNode verdict() {
        return Json.MAPPER
                .createObjectNode()
                .put("ok", true)
                .put("rows", 12_408)
                .set("firstBad", NullNode.instance);
    }

    private static ObjectNode session() {
        return Json.MAPPER
                .createObjectNode()
                .put("id", "s1")
                .put("device", "Patchbay console (Linux)")
                .put("address", "192.0.2.17")
                .put("lastUsedAt", "2026-11-20T13:58:00Z");
    }

    /// One page with everything.
    protected static ObjectNode page(List<ObjectNode> rows) {
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode items = page.putArray("items");
        rows.forEach(row -> items.add(row.deepCopy()));
        return page.put("asOf", 0);
    }

    private static String[] parts(String path) {
        return path.replaceFirst("\\?.*", "")
                .replace("/company/mine", "")
                .substring(1)
                .split("/", -1);
    }

    private static Map<String, String> query(String path) {
        Map<String, String> all = new LinkedHashMap<>();
        int mark = path.indexOf('?');
        for (String pair : mark < 0 ? new String[0] : path.substring(mark + 1).split("&", -1)) {
            String[] both = pair.split("=", 2);
            all.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return all;
    }
}
