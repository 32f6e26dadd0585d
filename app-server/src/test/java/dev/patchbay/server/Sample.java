package dev.patchbay.server;

import dev.patchbay.model.Id;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Bodies for tests that walk all routes and commands: a value for each component of a record, made from its name and
/// type, with one id wherever an id belongs.
final class Sample {
    private final String id;
    private int ids;

    private Sample(String id) {
        this.id = id;
    }

    /// @param id stands in every place for an id
    static Object of(Class<?> body, String id) {
        return new Sample(id).value(body, "body");
    }

    /// Whether a body names things by their ids.
    static boolean namesThings(Class<?> body) {
        Sample sample = new Sample("");
        sample.value(body, "body");
        return sample.ids > 0;
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return value((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), name);
        }
        return type instanceof Class<?> plain ? value(plain, new Type[0], name) : Map.of();
    }

    private Object value(Class<?> type, Type[] arguments, String name) {
        if (Id.class.isAssignableFrom(type) || type == UUID.class) {
            ids++;
            return id;
        }
        if (type == String.class) {
            return text(name);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (Collection.class.isAssignableFrom(type)) {
            return List.of(value(arguments[0], name));
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return 1;
        }
        if (type == java.time.Instant.class) {
            return "2030-01-01T00:00:00Z";
        }
        if (type.isRecord()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.put(component.getName(), value(component.getGenericType(), component.getName()));
            }
            return fields;
        }
        return Map.of();
    }

    private Object text(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("id") || name.endsWith("Id") || name.endsWith("_id") || lower.equals("leadsto")) {
            ids++;
            return id;
        }
        List<String> known = List.of(
                "email", "new@sample.test",
                "phone", "+14155550123",
                "timezone", "UTC",
                "region", "US",
                "slug", "sample",
                "address", "10.9.8.7",
                "expires", "2030-01-01T00:00:00Z",
                "until", "2030-01-01T00:00:00Z",
                "roles", "Agent",
                "permissions", "leads.view",
                "stage", "won",
                "stars", "5");
        for (int i = 0; i < known.size(); i += 2) {
            if (lower.contains(known.get(i))) {
                return known.get(i + 1);
            }
        }
        return Arrays.asList("skills", "tags").contains(lower) ? "sample" : "Sample";
    }
}
