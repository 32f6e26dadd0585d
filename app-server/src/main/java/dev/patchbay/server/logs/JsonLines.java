package dev.patchbay.server.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.patchbay.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Log lines for programs: one JSON object each, with `time` (ISO 8601, UTC), `level`, `logger`, `message` and, when
/// there are any, `requestId`, `company` and `stack`.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NONE = {};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("time", TIME.format(event.getInstant()));
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", Lines.message(event));
        put(line, "requestId", event.getMDCPropertyMap().get(Lines.REQUEST));
        put(line, "company", event.getMDCPropertyMap().get(Lines.COMPANY));
        put(line, "stack", Lines.stack(event.getThrowableProxy()));
        return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Map<String, String> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
