package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VoiceJsonTest {

    static Stream<Class<?>> commands() {
        return leaves(VoiceCommand.class);
    }

    static Stream<Class<?>> events() {
        return leaves(VoiceEvent.class);
    }

    private static Stream<Class<?>> leaves(Class<?> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(VoiceJsonTest::leaves)
                : Stream.of(sealed);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandArrivesAsItWasSent(Class<?> type) throws Exception {
        VoiceCommand command = (VoiceCommand) sample(type);
        String line = VoiceJson.write(command);
        assertThat(line).doesNotContain("\n");
        assertThat(VoiceJson.command(line)).isEqualTo(command);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventArrivesAsItWasTold(Class<?> type) throws Exception {
        VoiceEvent event = (VoiceEvent) sample(type);
        assertThat(VoiceJson.event(VoiceJson.write(event))).isEqualTo(event);
    }

    private static Object sample(Class<?> type) throws ReflectiveOperationException {
        if (type == String.class) return "5";
        if (type == boolean.class) return true;
        if (type == int.class) return 3;
        if (type == long.class) return 4_000_000_000L;
        if (type == double.class) return 0.25;
        if (type == Path.class) return Path.of("/tmp/a b.wav");
        if (type == Duration.class) return Duration.ofMillis(1234);
        if (type == Instant.class) return Instant.parse("2026-11-21T10:15:30.123456Z");
        if (type == List.class) return List.of();
        if (type == Map.class) return Map.of("x", 0.5);
        if (type.isEnum()) return type.getEnumConstants()[0];
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) values[i] = sample(types[i]);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }

    @Test
    void credentialsOfTurnServersTravelButAreNotPrinted() {
        IceServer turn = new IceServer(List.of("turn:turn.example:3478"), "user", "secret");
        VoiceCommand open = new VoiceCommand.Open("a", "", List.of(turn), true);
        assertThat(VoiceJson.command(VoiceJson.write(open))).isEqualTo(open);
        assertThat(open.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsNoFrameIsRefusedWithoutRepeatingIt() {
        for (String line :
                List.of("", "null", "[]", "{}", "{\"type\":\"No\"}", "{\"type\":\"Open\",\"link\":\"\"}", "\0"))
            assertThatThrownBy(() -> VoiceJson.command(line)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VoiceJson.command("{\"type\":\"Remote\",\"kind\":\"BOTH\",\"sdp\":\"secret\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
