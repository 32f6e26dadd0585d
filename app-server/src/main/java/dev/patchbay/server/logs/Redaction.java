package dev.patchbay.server.logs;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets and telephone numbers out of a text that is to be logged, and makes it one line.
public final class Redaction {
    private static final String MASK = "********";
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{4,}\\.[\\w-]{4,}(\\.[\\w-]*)?");
    private static final Pattern KEY = Pattern.compile("\\bpbk_[\\w-]{6,}");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{6,}");
    /// `password=…`, `"refreshToken":"…"`, `token: …` and the like.
    private static final Pattern NAMED =
            Pattern.compile("(?i)(\"?\\b\\w{0,40}(?:password|passwd|secret|token|credential"
                    + "|api[_-]?key|recovery[_-]?code)s?\"?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&}\\])]+)");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s:]{0,100}:[^/@\\s]{1,200}(?=@)");
    private static final Pattern PHONE = Pattern.compile("\\+\\d[\\d ().-]{5,20}\\d");

    private Redaction() {}

    /// The text without secrets; telephone numbers keep their first three and last two digits.
    public static String of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String clean = text;
        if (lower.contains("eyj")) {
            clean = TOKEN.matcher(clean).replaceAll(MASK);
        }
        if (lower.contains("pbk_")) {
            clean = KEY.matcher(clean).replaceAll(MASK);
        }
        if (lower.contains("bearer ") || lower.contains("basic ")) {
            clean = BEARER.matcher(clean).replaceAll("$1 " + MASK);
        }
        if (names(lower)) {
            clean = NAMED.matcher(clean).replaceAll("$1" + MASK);
        }
        if (lower.contains("://")) {
            clean = USER_INFO.matcher(clean).replaceAll(MASK);
        }
        if (lower.indexOf('+') >= 0) {
            clean = PHONE.matcher(clean).replaceAll(found -> Matcher.quoteReplacement(shortened(found.group())));
        }
        return clean;
    }

    private static boolean names(String lower) {
        return lower.contains("passw")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("credential")
                || lower.contains("key")
                || lower.contains("code");
    }

    private static String shortened(String number) {
        String digits = number.replaceAll("\\D", "");
        // Times such as +00:00 and small numbers are no telephone numbers.
        return digits.length() < 7
                ? number
                : "+" + digits.substring(0, 3) + "…" + digits.substring(digits.length() - 2);
    }

    /// The text on one line: control characters, line separators and marks that turn the writing's direction are
    /// written as escapes.
    public static String oneLine(String text) {
        int i = 0;
        while (i < text.length() && !hostile(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, i);
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!hostile(c)) {
                safe.append(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\r') {
                safe.append("\\r");
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    private static boolean hostile(char c) {
        return c < ' ' && c != '\t'
                || c >= 0x7f && c <= 0x9f
                || c == 0x2028
                || c == 0x2029
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }
}
