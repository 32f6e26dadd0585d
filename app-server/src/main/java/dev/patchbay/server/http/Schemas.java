package dev.patchbay.server.http;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The JSON schemas of records, as the codec writes them. A component that is not `@Nullable` is required.
///
/// Our own in place of swagger-core's resolver: that one knows neither `@Nullable` on types nor ids that are written as
/// their value.
final class Schemas {
    private final Components components;

    Schemas(Components components) {
        this.components = components;
    }

    /// @param item what a [Page] lists; null for anything else
    Schema<?> answer(Class<?> type, @Nullable Class<?> item) {
        if (item == null) {
            return of(type);
        }
        String name = "PageOf" + name(item);
        if (!known(name)) {
            ObjectSchema page = new ObjectSchema();
            page.addProperty("items", new ArraySchema().items(of(item)));
            page.addProperty(
                    "next", nullable(new StringSchema().description("the cursor for ?after=; null at the end")));
            page.addProperty("asOf", new IntegerSchema().format("int64").description("the company's event number"));
            page.required(List.of("items", "next", "asOf"));
            components.addSchemas(name, page);
        }
        return reference(name);
    }

    Schema<?> of(Type type) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return new ArraySchema().items(of(arguments[0]));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return new MapSchema().additionalProperties(of(arguments[1]));
            }
            return ofClass(raw);
        }
        return new Schema<>();
    }

    private Schema<?> ofClass(Class<?> type) {
        if (type == String.class) {
            return new StringSchema();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new BooleanSchema();
        }
        if (type == int.class || type == Integer.class) {
            return new IntegerSchema().format("int32");
        }
        if (type == long.class || type == Long.class) {
            return new IntegerSchema().format("int64");
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return new NumberSchema();
        }
        if (type == UUID.class) {
            return new UUIDSchema();
        }
        if (type == Instant.class) {
            return new DateTimeSchema();
        }
        if (type.isArray()) {
            return new ArraySchema().items(of(type.getComponentType()));
        }
        if (type.isEnum()) {
            return ofEnum(type);
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        return type == JsonNode.class ? new Schema<>() : new ObjectSchema();
    }

    private Schema<?> ofEnum(Class<?> type) {
        String name = name(type);
        if (!known(name)) {
            StringSchema schema = new StringSchema();
            for (Object constant : type.getEnumConstants()) {
                schema.addEnumItem(Json.tree(constant).asText());
            }
            components.addSchemas(name, schema);
        }
        return reference(name);
    }

    private Schema<?> ofRecord(Class<?> type) {
        Optional<RecordComponent> value = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getAccessor().isAnnotationPresent(JsonValue.class))
                .findFirst();
        if (value.isPresent()) {
            return of(value.get().getGenericType());
        }
        String name = name(type);
        if (!known(name)) {
            ObjectSchema schema = new ObjectSchema();
            // Known from here on, so that a record that holds itself ends.
            components.addSchemas(name, schema);
            for (RecordComponent component : type.getRecordComponents()) {
                Schema<?> property = of(component.getGenericType());
                if (isNullable(component.getAnnotatedType())) {
                    schema.addProperty(component.getName(), nullable(property));
                } else {
                    schema.addProperty(component.getName(), property);
                    schema.addRequiredItem(component.getName());
                }
            }
        }
        return reference(name);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class)
                && !(type instanceof AnnotatedArrayType array
                        && array.getAnnotatedGenericComponentType().isAnnotationPresent(Nullable.class));
    }

    /// OpenAPI 3.0 has no null type; a reference takes `nullable` only inside `allOf`.
    private static Schema<?> nullable(Schema<?> schema) {
        if (schema.get$ref() != null) {
            Schema<Object> wrapped = new Schema<>();
            wrapped.addAllOfItem(schema);
            wrapped.setNullable(true);
            return wrapped;
        }
        schema.setNullable(true);
        return schema;
    }

    private boolean known(String name) {
        return components.getSchemas() != null && components.getSchemas().containsKey(name);
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    /// Nested records carry the outer name: `UsersChange`, `CompaniesChange`.
    private static String name(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : name(outer) + type.getSimpleName();
    }
}
