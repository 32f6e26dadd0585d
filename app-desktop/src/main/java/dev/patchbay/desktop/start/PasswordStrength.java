package dev.patchbay.desktop.start;

import java.util.List;
import java.util.Locale;

/// How hard a password is to guess, roughly: length counts most, kinds of characters some, well-known beginnings and
/// repetitions take away. Advice for the person who types, no promise; the server has the last word.
enum PasswordStrength {
    NONE,
    WEAK,
    FAIR,
    STRONG;

    /// What the server accepts at least.
    static final int LEAST = 8;

    private static final List<String> COMMON =
            List.of("password", "passwort", "qwert", "123456", "admin", "letmein", "welcome", "hallo");

    static PasswordStrength of(String password) {
        if (password.isEmpty()) {
            return NONE;
        }
        long different = password.chars().distinct().count();
        boolean digit = password.chars().anyMatch(Character::isDigit);
        boolean upper = password.chars().anyMatch(Character::isUpperCase);
        boolean other = password.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
        double points = Math.min(password.length(), different * 1.6)
                + (digit ? 1.5 : 0)
                + (upper ? 1.5 : 0)
                + (other ? 2 : 0)
                - (COMMON.stream().anyMatch(password.toLowerCase(Locale.ROOT)::contains) ? 6 : 0);
        if (password.length() < LEAST || points < 10) {
            return WEAK;
        }
        return points < 15 ? FAIR : STRONG;
    }
}
