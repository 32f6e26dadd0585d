package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// One entry being edited, new or there already.
///
/// When the entry changes at the server meanwhile ([#meanwhile]), a field that the user left alone takes the new value;
/// one that both changed becomes a [Conflict] with both values and waits for the user. What was typed is never
/// overwritten.
final class Draft {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    private final List<Input> inputs;
    private final Map<String, ObjectProperty<JsonNode>> values = new LinkedHashMap<>();
    private final Map<String, JsonNode> base = new LinkedHashMap<>();
    private final ObservableMap<String, Fault> faults = FXCollections.observableHashMap();
    private final ObservableList<Conflict> conflicts = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable JsonNode> seen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final BooleanProperty busy = new SimpleBooleanProperty();

    /// A field that the user and somebody else changed to different values.
    record Conflict(Input input, JsonNode yours, JsonNode theirs) {}

    /// What is wrong with a field: a key of the words, or a sentence that the server made.
    sealed interface Fault {
        record Key(String key) implements Fault {}

        record Said(String sentence) implements Fault {}
    }

    /// @param start the entry; null for a new one
    Draft(List<Input> inputs, @Nullable JsonNode start) {
        this.inputs = inputs.stream()
                .filter(input -> input.when() != (start == null ? Input.When.OLD : Input.When.NEW))
                .toList();
        seen.set(start);
        for (Input input : this.inputs) {
            JsonNode value = start == null ? usual(input) : part(start, input.field());
            ObjectProperty<JsonNode> property = new SimpleObjectProperty<>(value);
            values.put(input.field(), property);
            base.put(input.field(), value);
            property.addListener((_, _, _) -> {
                faults.remove(input.field());
                touch();
            });
        }
    }

    List<Input> inputs() {
        return inputs;
    }

    /// The entry as last seen from the server; null while it is a new one.
    ReadOnlyObjectProperty<@Nullable JsonNode> seen() {
        return seen.getReadOnlyProperty();
    }

    boolean isNew() {
        return seen.get() == null;
    }

    ObjectProperty<JsonNode> value(String field) {
        return Objects.requireNonNull(values.get(field), field);
    }

    ObservableMap<String, Fault> faults() {
        return faults;
    }

    ObservableList<Conflict> conflicts() {
        return conflicts;
    }

    /// Whether anything differs from what was seen.
    ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    /// Whether an answer of the server is awaited.
    BooleanProperty busy() {
        return busy;
    }

    /// Back to what was seen.
    void discard() {
        conflicts.clear();
        base.forEach((field, value) -> value(field).set(value));
        faults.clear();
    }

    /// Says at the fields what is wrong.
    ///
    /// @return whether nothing is, and no conflict waits
    boolean check() {
        faults.clear();
        for (Input input : inputs) {
            String wrong = wrong(input, value(input.field()).get());
            if (wrong != null) {
                faults.put(input.field(), new Fault.Key(wrong));
            }
        }
        return faults.isEmpty() && conflicts.isEmpty();
    }

    private static @Nullable String wrong(Input input, JsonNode value) {
        return switch (input) {
            case Input.Line line -> wrong(line, value.asText("").strip());
            case Input.Count count when value.isNull() -> count.optional() ? null : "admin.fault.missing";
            case Input.Count count ->
                value.canConvertToInt() && value.asInt() >= count.least() && value.asInt() <= count.most()
                        ? null
                        : "admin.fault.number";
            case Input.One one ->
                !one.optional() && (value.isNull() || value.asText().isEmpty()) ? "admin.fault.choose" : null;
            case Input.Switch _, Input.Many _, Input.People _ -> null;
        };
    }

    private static @Nullable String wrong(Input.Line line, String text) {
        if (text.isEmpty()) {
            return line.required() ? "admin.fault.missing" : null;
        }
        if (text.length() > line.most()) {
            return "admin.fault.long";
        }
        return switch (line.shape()) {
            case PLAIN, PASSWORD -> null;
            case EMAIL -> EMAIL.matcher(text).matches() ? null : "admin.fault.email";
            case COUNTRY -> COUNTRY.matcher(text).matches() ? null : "admin.fault.country";
        };
    }

    /// What to send: every field as it stands, and the version that was seen.
    ObjectNode body() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        for (Input input : inputs) {
            JsonNode value = value(input.field()).get();
            boolean secret = input instanceof Input.Line line && line.shape() == Input.Shape.PASSWORD;
            if (value.isTextual() && !secret) {
                String text = value.asText().strip();
                value = text.isEmpty() ? NullNode.instance : TextNode.valueOf(text);
            }
            put(body, input.field(), value);
        }
        JsonNode entry = seen.get();
        if (entry != null && entry.has("version")) {
            body.set("version", entry.get("version"));
        }
        return body;
    }

    private static void put(ObjectNode body, String field, JsonNode value) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            body.set(field, value);
        } else {
            put(body.withObjectProperty(field.substring(0, dot)), field.substring(dot + 1), value);
        }
    }

    /// Takes over what the server keeps now, after a save.
    void saved(JsonNode entry) {
        seen.set(entry);
        conflicts.clear();
        for (Input input : inputs) {
            JsonNode kept = part(entry, input.field());
            base.put(input.field(), kept);
            value(input.field()).set(kept);
        }
        faults.clear();
        touch();
    }

    /// The entry is another at the server now.
    void meanwhile(JsonNode theirs) {
        seen.set(theirs);
        conflicts.clear();
        for (Input input : inputs) {
            JsonNode before = Objects.requireNonNull(base.get(input.field()));
            JsonNode now = part(theirs, input.field());
            JsonNode mine = value(input.field()).get();
            base.put(input.field(), now);
            if (mine.equals(before)) {
                value(input.field()).set(now);
            } else if (!now.equals(before) && !now.equals(mine)) {
                conflicts.add(new Conflict(input, mine, now));
            }
        }
        touch();
    }

    void keepMine(Conflict conflict) {
        conflicts.remove(conflict);
    }

    void takeTheirs(Conflict conflict) {
        value(conflict.input().field()).set(conflict.theirs());
        conflicts.remove(conflict);
    }

    /// Puts what the server found wrong under the fields.
    ///
    /// @return those that are of no field here
    List<FieldError> refuse(List<FieldError> errors) {
        List<FieldError> others = new ArrayList<>();
        for (FieldError error : errors) {
            // `roles[0]` and `roles.0` are of the field `roles`.
            String field = values.keySet().stream()
                    .filter(each -> error.field().equals(each)
                            || error.field().startsWith(each + "[")
                            || error.field().startsWith(each + "."))
                    .findFirst()
                    .orElse(null);
            if (field == null) {
                others.add(error);
            } else {
                faults.put(field, new Fault.Said(error.message()));
            }
        }
        return others;
    }

    private void touch() {
        dirty.set(values.entrySet().stream()
                .anyMatch(each -> !each.getValue().get().equals(base.get(each.getKey()))));
    }

    private static JsonNode usual(Input input) {
        return switch (input) {
            case Input.Line _ -> TextNode.valueOf("");
            case Input.Count count ->
                count.optional() ? NullNode.instance : JsonNodeFactory.instance.numberNode(usual(count));
            case Input.Switch _ -> BooleanNode.FALSE;
            case Input.One one -> one.usual().isEmpty() ? NullNode.instance : TextNode.valueOf(one.usual());
            case Input.Many _, Input.People _ -> Json.MAPPER.createArrayNode();
        };
    }

    private static int usual(Input.Count count) {
        return Math.clamp(20, count.least(), count.most());
    }

    private JsonNode part(JsonNode entry, String field) {
        JsonNode found = at(entry, field);
        Input input = inputs.stream()
                .filter(each -> each.field().equals(field))
                .findFirst()
                .orElseThrow();
        return switch (input) {
            case Input.Line _ -> TextNode.valueOf(found.asText(""));
            case Input.Switch _ -> BooleanNode.valueOf(found.asBoolean());
            case Input.Many _, Input.People _ -> sorted(found);
            case Input.Count _ ->
                found.isNumber() ? JsonNodeFactory.instance.numberNode(found.asInt()) : NullNode.instance;
            case Input.One _ -> found.isMissingNode() ? NullNode.instance : found;
        };
    }

    /// Choices in no order are equal in any.
    static ArrayNode sorted(JsonNode array) {
        ArrayNode sorted = Json.MAPPER.createArrayNode();
        StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .forEach(sorted::add);
        return sorted;
    }

    /// The part of an entry that a dotted name means; missing when there is none.
    static JsonNode at(JsonNode entry, String field) {
        JsonNode found = entry;
        for (String part : field.split("\\.", -1)) {
            found = found.path(part);
        }
        return found;
    }
}
