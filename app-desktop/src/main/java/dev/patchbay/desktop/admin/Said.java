package dev.patchbay.desktop.admin;

import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.words.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;

/// What a person reads of answers and times.
public final class Said {
    private Said() {}

    /// A failure in the user's words where there are any, else in the server's.
    public static String why(RuntimeException failure) {
        return switch (failure) {
            case Refused no
            when Words.has("admin.refused." + no.error().code()) ->
                Words.of("admin.refused." + no.error().code());
            case Refused no -> no.error().message();
            case Unreachable _ -> Words.of("admin.away");
            default -> throw failure;
        };
    }

    /// An instant of the wire in the user's zone and custom; the text itself when it is none, nothing when empty.
    public static String when(String instant) {
        return said(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT));
    }

    /// As [#when], in few letters.
    public static String shortly(String instant) {
        return said(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.SHORT));
    }

    /// The day alone, as [#when].
    public static String day(String instant) {
        return said(instant, DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM));
    }

    private static String said(String instant, DateTimeFormatter form) {
        try {
            return instant.isEmpty() || instant.equals("null")
                    ? ""
                    : form.withLocale(Words.language().get())
                            .withZone(ZoneId.systemDefault())
                            .format(Instant.parse(instant));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }
}
