package dev.patchbay.server.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Log lines for people: `YYYY-MM-DD HH:mm:ss:SSS [LEVEL]: Message`, in the machine's time zone.
///
/// The lines of a stack trace follow indented; nothing that is not ours begins a line.
public final class Lines extends EncoderBase<ILoggingEvent> {
    /// The MDC's names.
    public static final String REQUEST = "requestId";
    /// @see #REQUEST
    public static final String COMPANY = "company";

    private static final byte[] NONE = {};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss:SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(" [").append(event.getLevel()).append("]: ").append(message(event));
        String request = event.getMDCPropertyMap().get(REQUEST);
        if (request != null) {
            line.append(" (request ").append(Redaction.oneLine(request)).append(')');
        }
        line.append('\n');
        String stack = stack(event.getThrowableProxy());
        if (stack != null) {
            for (String part : stack.split("\n")) {
                line.append("    ").append(part).append('\n');
            }
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String message(ILoggingEvent event) {
        return Redaction.oneLine(Redaction.of(String.valueOf(event.getFormattedMessage())));
    }

    /// The stack trace, its lines ended by `\n` alone; null without one.
    static @Nullable String stack(@Nullable IThrowableProxy thrown) {
        if (thrown == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder();
        for (String part : Redaction.of(ThrowableProxyUtil.asString(thrown)).split("\\r?\\n|\\r")) {
            clean.append(Redaction.oneLine(part)).append('\n');
        }
        return clean.toString();
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
