package dev.patchbay.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what clients send into records, and says field by field what is wrong. Both edges use it.
///
/// A component that is not `@Nullable` is required. Text with a zero byte or half a surrogate pair is refused wherever
/// it stands: neither database can store it.
public final class Input {
    private static final int MOST_ERRORS = 20;

    private Input() {}

    /// @throws Refusal 400 naming the field, or `body` when the text is no JSON at all
    public static <T> T read(String text, Class<T> type) {
        JsonNode tree;
        try {
            tree = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw Refusal.invalid("body", "The body is not valid JSON" + place + ".");
        }
        return read(tree, type);
    }

    /// @throws Refusal 400 naming the field
    public static <T> T read(@Nullable JsonNode tree, Class<T> type) {
        if (tree == null || !tree.isObject()) {
            throw Refusal.invalid("body", "A JSON object is expected.");
        }
        List<FieldError> errors = new ArrayList<>();
        texts(tree, "", errors);
        if (type.isRecord()) {
            required(tree, type, "", errors);
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors.stream().limit(MOST_ERRORS).toList());
        }
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(reference -> reference.getFieldName() == null
                            ? String.valueOf(reference.getIndex())
                            : reference.getFieldName())
                    .collect(Collectors.joining("."));
            throw Refusal.invalid(field.isEmpty() ? "body" : field, sentence(field));
        } catch (JsonProcessingException e) {
            throw Refusal.invalid("body", sentence(""));
        }
    }

    private static String sentence(String field) {
        return field.isEmpty() ? "The body does not have the expected form." : field + " cannot be read as given.";
    }

    private static void texts(JsonNode node, String path, List<FieldError> errors) {
        if (node.isTextual() && !storable(node.textValue())) {
            errors.add(new FieldError(path, path + " holds characters that are no text.", "INVALID_TEXT"));
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!storable(entry.getKey())) {
                    errors.add(
                            new FieldError(path, "A field's name holds characters that are no text.", "INVALID_TEXT"));
                } else {
                    texts(entry.getValue(), join(path, entry.getKey()), errors);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                texts(node.get(i), join(path, String.valueOf(i)), errors);
            }
        }
    }

    /// Whether a text can be stored and sent: no zero byte, no unpaired surrogate.
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static void required(JsonNode tree, Class<?> type, String path, List<FieldError> errors) {
        for (RecordComponent component : type.getRecordComponents()) {
            String field = join(path, component.getName());
            JsonNode value = tree.get(component.getName());
            AnnotatedType annotated = component.getAnnotatedType();
            if (value == null || value.isNull()) {
                if (!annotated.isAnnotationPresent(Nullable.class)) {
                    errors.add(new FieldError(field, field + " is missing.", "REQUIRED"));
                }
            } else if (value.isObject() && component.getType().isRecord()) {
                required(value, component.getType(), field, errors);
            } else if (value.isArray()) {
                elements(value, component.getGenericType(), annotated, field, errors);
            }
        }
    }

    private static void elements(
            JsonNode array, Type generic, AnnotatedType annotated, String field, List<FieldError> errors) {
        Class<?> element = generic instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[0] instanceof Class<?> type
                ? type
                : Object.class;
        boolean nullable = annotated instanceof AnnotatedParameterizedType parameterized
                && parameterized.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
        for (int i = 0; i < array.size(); i++) {
            String place = join(field, String.valueOf(i));
            if (array.get(i).isNull() && !nullable) {
                errors.add(new FieldError(place, place + " is missing.", "REQUIRED"));
            } else if (array.get(i).isObject() && element.isRecord()) {
                required(array.get(i), element, place, errors);
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
