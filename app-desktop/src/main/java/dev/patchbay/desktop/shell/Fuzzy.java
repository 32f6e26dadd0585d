package dev.patchbay.desktop.shell;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// How well a few typed letters fit a name: letters in order, better at word beginnings and side by side. Accents and
/// case do not matter.
final class Fuzzy {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Fuzzy() {}

    /// Means that the letters are not all there in order.
    static final int NONE = Integer.MIN_VALUE;

    /// @return a score, higher is better; or [#NONE]
    static int score(String typed, String name) {
        String wanted = plain(typed);
        String text = plain(name);
        if (wanted.isEmpty()) {
            return 0;
        }
        int score = text.startsWith(wanted) ? 40 : text.contains(" " + wanted) ? 30 : text.contains(wanted) ? 10 : 0;
        int at = -1;
        for (int i = 0; i < wanted.length(); i++) {
            char letter = wanted.charAt(i);
            if (letter == ' ') {
                continue;
            }
            int found = text.indexOf(letter, at + 1);
            if (found < 0) {
                return NONE;
            }
            boolean wordStart = found == 0 || !Character.isLetterOrDigit(text.charAt(found - 1));
            score += wordStart ? 12 : found == at + 1 ? 4 : 0;
            at = found;
        }
        return score * 100 - text.length();
    }

    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
