package dev.patchbay.desktop.admin;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Lines of comma separated values (RFC 4180) that a spreadsheet does not take for formulas.
final class Csv {
    private Csv() {}

    static String line(String... values) {
        return Arrays.stream(values).map(Csv::value).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String value(String text) {
        // A cell that begins so is run by spreadsheets; the apostrophe makes it text (OWASP, CSV injection).
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
