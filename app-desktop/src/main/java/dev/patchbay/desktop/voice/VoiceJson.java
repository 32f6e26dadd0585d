package dev.patchbay.desktop.voice;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.stream.Stream;

/// One frame per line between console and engine: a JSON object whose `type` is the name of the record.
///
/// A frame of an unknown type is refused with an exception, unknown fields are ignored: both sides come from the same
/// installation, except for the minutes after an update.
public final class VoiceJson {
    /// A description of a call with many candidates has about 10 kB.
    public static final int LONGEST_FRAME = 1 << 20;

    private static final ObjectMapper MAPPER = mapper();

    private VoiceJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        for (Class<?> root : List.of(VoiceCommand.class, VoiceEvent.class)) {
            mapper.addMixIn(root, Typed.class);
            leaves(root).forEach(leaf -> mapper.registerSubtypes(new NamedType(leaf, leaf.getSimpleName())));
        }
        return mapper;
    }

    private static Stream<Class<?>> leaves(Class<?> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(VoiceJson::leaves)
                : Stream.of(sealed);
    }

    public static String write(VoiceCommand command) {
        return text(VoiceCommand.class, command);
    }

    public static String write(VoiceEvent event) {
        return text(VoiceEvent.class, event);
    }

    private static String text(Class<?> root, Object value) {
        try {
            return MAPPER.writerFor(root).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame of our own could not be written", e);
        }
    }

    /// @throws IllegalArgumentException when the line is not a command
    public static VoiceCommand command(String line) {
        return read(line, VoiceCommand.class);
    }

    /// @throws IllegalArgumentException when the line is not an event
    public static VoiceEvent event(String line) {
        return read(line, VoiceEvent.class);
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            T frame = MAPPER.readValue(line, type);
            if (frame == null) throw new IllegalArgumentException("an empty frame");
            return frame;
        } catch (JsonProcessingException e) {
            // Without the text: it may hold TURN credentials.
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
        }
    }
}
