package dev.patchbay.desktop.admin;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Lines of comma separated values (RFC 4180) that a spreadsheet does not take for formulas.
final class Csv {
    private Csv() {}

    static String line(String... values) {
        return Arrays.stream(values).map(Csv::value).collect(Collectors.joining(",")) + "\r\n";
    }

    /// A table that a spreadsheet of a country with decimal commas wrote, with commas between its cells. Other text is
    /// given back as it is.
    static String withCommas(String text) {
        String head = text.lines().findFirst().orElse("");
        if (head.indexOf(',') >= 0 || head.indexOf(';') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char each : text.toCharArray()) {
            if (each == '"') {
                quoted = !quoted;
            }
            if (!quoted && (each == ';' || each == '\n')) {
                out.append(whole(cell)).append(each == ';' ? ',' : '\n');
                cell.setLength(0);
            } else if (quoted || each != '\r') {
                cell.append(each);
            }
        }
        return out.append(whole(cell)).toString();
    }

    private static String whole(StringBuilder cell) {
        return cell.indexOf(",") >= 0 && cell.charAt(0) != '"' ? "\"" + cell + "\"" : cell.toString();
    }

    private static String value(String text) {
        // A cell that begins so is run by spreadsheets; the apostrophe makes it text (OWASP, CSV injection).
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
