package dev.patchbay.server.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes requests, right and wrong, from an OpenAPI document.
final class Requests {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private final JsonNode document;
    private final Random random;
    private final List<String> texts = HostileTexts.all();
    private final List<Operation> operations = new ArrayList<>();

    /// @param body the schema of the body; null for none
    record Operation(String method, String path, @Nullable JsonNode body, List<String> query) {}

    Requests(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    JsonNode operation = entry.getValue();
                    List<String> query = new ArrayList<>();
                    operation.path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("query")) {
                            query.add(parameter.get("name").asText());
                        }
                    });
                    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
                    operations.add(new Operation(
                            entry.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            body.isMissingNode() ? null : body,
                            query));
                }));
    }

    List<Operation> operations() {
        return operations;
    }

    String text() {
        return texts.get(random.nextInt(texts.size()));
    }

    /// The path with values, and a query.
    ///
    /// @param ids known ones, from which most ids are taken
    String address(Operation operation, List<String> ids) {
        StringBuilder address = new StringBuilder();
        for (String part : operation.path().substring(1).split("/")) {
            address.append('/').append(part.startsWith("{") ? segment(ids) : part);
        }
        char separator = '?';
        for (String name : operation.query()) {
            if (random.nextInt(3) == 0) {
                address.append(separator).append(name).append('=').append(encoded(text()));
                separator = '&';
            }
        }
        return address.toString();
    }

    private String segment(List<String> ids) {
        return switch (random.nextInt(6)) {
            case 0 -> UUID.randomUUID().toString();
            case 1 -> {
                String hostile = encoded(text());
                yield hostile.isEmpty() || hostile.matches("\\.+") ? "x" : hostile;
            }
            default -> ids.get(random.nextInt(ids.size()));
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A value that the schema allows.
    JsonNode right(JsonNode schema, int depth) {
        JsonNode known = resolved(schema);
        if (known.has("enum")) {
            JsonNode values = known.get("enum");
            return values.get(random.nextInt(values.size()));
        }
        return switch (known.path("type").asText()) {
            case "string" -> MAKE.textNode(string(known.path("format").asText()));
            case "integer" -> MAKE.numberNode(1 + random.nextInt(50));
            case "number" -> MAKE.numberNode(random.nextDouble());
            case "boolean" -> MAKE.booleanNode(random.nextBoolean());
            case "array" -> {
                ArrayNode array = MAKE.arrayNode();
                if (depth < 4) {
                    array.add(right(known.path("items"), depth + 1));
                }
                yield array;
            }
            case "object" -> object(known, depth);
            default -> MAKE.objectNode().put("a", 1);
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = MAKE.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            object.set(name, depth > 4 ? MAKE.nullNode() : usual(name, property.getValue(), depth));
        }
        return object;
    }

    /// Some texts have a form that the schema does not tell.
    private JsonNode usual(String name, JsonNode schema, int depth) {
        JsonNode known = resolved(schema);
        boolean plain = known.path("type").asText().equals("string") && !known.has("enum") && !known.has("format");
        if (!plain) {
            return right(schema, depth + 1);
        }
        return MAKE.textNode(
                switch (name) {
                    case "email" -> "fuzz-" + random.nextInt(1_000_000) + "@acme.test";
                    case "phone", "to", "from" -> "+1555010" + (1000 + random.nextInt(9000));
                    case "password" -> "correct horse battery";
                    case "region" -> "US";
                    case "address" -> "198.51.100." + random.nextInt(256);
                    default -> "text " + random.nextInt(1000);
                });
    }

    private String string(String format) {
        return switch (format) {
            case "uuid" -> UUID.randomUUID().toString();
            case "date-time" -> "2027-01-0" + (1 + random.nextInt(9)) + "T09:00:00Z";
            default -> "text " + random.nextInt(1000);
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode known = schema;
        while (known.has("$ref") || known.has("allOf")) {
            known = known.has("$ref")
                    ? document.at(known.get("$ref").asText().substring(1))
                    : known.get("allOf").get(0);
        }
        return known;
    }

    /// The names of the text fields of a body, at its first level.
    List<String> textFields(JsonNode schema) {
        List<String> names = new ArrayList<>();
        resolved(schema).path("properties").properties().forEach(property -> {
            if (resolved(property.getValue()).path("type").asText().equals("string")) {
                names.add(property.getKey());
            }
        });
        return names;
    }

    /// The same body with one thing wrong, or more.
    JsonNode wrong(JsonNode body) {
        JsonNode changed = body.deepCopy();
        if (!(changed instanceof ObjectNode object) || object.isEmpty()) {
            return junk();
        }
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (int i = 0; i <= random.nextInt(2); i++) {
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(8)) {
                case 0 -> object.remove(name);
                case 1 -> object.put(text(), 1);
                case 2, 3 -> object.put(name, text());
                case 4 -> {
                    JsonNode inner = object.get(name);
                    if (inner != null && inner.isObject()) {
                        object.set(name, wrong(inner));
                    } else {
                        object.set(name, MAKE.arrayNode().add(inner).add(text()).addNull());
                    }
                }
                default -> object.set(name, junk());
            }
        }
        return object;
    }

    private JsonNode junk() {
        return switch (random.nextInt(10)) {
            case 0 -> MAKE.nullNode();
            case 1 -> MAKE.numberNode(new java.math.BigDecimal("1e400"));
            case 2 -> MAKE.numberNode(Long.MIN_VALUE);
            case 3 -> MAKE.numberNode(-0.5);
            case 4 -> MAKE.booleanNode(true);
            case 5 -> MAKE.arrayNode().add(MAKE.arrayNode().add(MAKE.objectNode()));
            case 6 -> MAKE.objectNode().put("__proto__", text());
            case 7 -> MAKE.textNode("x".repeat(20_000));
            case 8 -> deep(200);
            default -> MAKE.textNode(text());
        };
    }

    private static JsonNode deep(int levels) {
        JsonNode node = MAKE.numberNode(1);
        for (int i = 0; i < levels; i++) {
            node = MAKE.objectNode().set("a", node);
        }
        return node;
    }
}
