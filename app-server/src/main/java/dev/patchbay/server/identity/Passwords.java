package dev.patchbay.server.identity;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.types.Argon2;
import com.password4j.types.Bcrypt;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hashes and verifies passwords: Argon2id with OWASP's parameters (19 MiB, 2 passes, 1 lane), or bcrypt when chosen.
/// The other kind is verified too, and the hash replaced at the next sign-in.
///
/// A hash costs 30 to 130 ms of CPU: at most (cores − 1) run at a time, and a limited number wait.
public final class Passwords {
    static final int MOST_WAITING = 64;
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Set<String> COMMON = common();
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    /// Different characters that a password has beside words that everybody knows.
    private static final int LEAST_OF_ITS_OWN = 5;

    private final HashingFunction current;
    private final Semaphore lane =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final String nobodysHash;

    /// @param upgraded a better hash to store in place of the present one; null when that one is good
    record Verdict(boolean right, @Nullable String upgraded) {}

    /// @param kind `argon2id` or `bcrypt`
    /// @param rounds bcrypt's cost
    public Passwords(String kind, int rounds) {
        this.current = kind.equals("bcrypt")
                ? BcryptFunction.getInstance(Bcrypt.B, rounds)
                : Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
        this.nobodysHash = current.hash("nobody has this password").getResult();
    }

    /// @throws Refusal 429 when too many wait
    public String hash(String password) {
        return inLane(() -> current.hash(password).getResult());
    }

    /// @param hash null for a user that does not exist, which costs the same
    /// @throws Refusal 429 when too many wait
    Verdict verify(String password, @Nullable String hash) {
        return inLane(() -> {
            String against = hash == null ? nobodysHash : hash;
            HashingFunction function = function(against);
            boolean right = function.check(password, against) && hash != null;
            return new Verdict(
                    right,
                    right && !function.equals(current) ? current.hash(password).getResult() : null);
        });
    }

    private static HashingFunction function(String hash) {
        return hash.startsWith("$argon2")
                ? Argon2Function.getInstanceFromHash(hash)
                : BcryptFunction.getInstanceFromHash(hash);
    }

    /// At least eight characters; not one that is tried first, and not made of what everybody knows: the person's
    /// address and name, the company's name, ours. No rules of composition (NIST SP 800-63B, ASVS 5.0 chapter 6.2).
    ///
    /// @param known names that an attacker knows: of the company, of the person
    public static void check(Check check, String field, String password, String email, String... known) {
        int length = password.codePointCount(0, password.length());
        String lower = password.toLowerCase(Locale.ROOT);
        if (length < 8) {
            check.add(field, "PASSWORD_TOO_SHORT", "A password needs at least 8 characters.");
        } else if (password.getBytes(StandardCharsets.UTF_8).length > 72) {
            // bcrypt reads no further; a longer one would only seem stronger.
            check.add(field, "PASSWORD_TOO_LONG", "A password has at most 72 bytes.");
        } else if (COMMON.contains(lower) || lower.chars().distinct().count() < 3) {
            check.add(field, "PASSWORD_TOO_COMMON", "That password is among the first that are tried. Choose another.");
        } else if (guessable(lower, email, known)) {
            check.add(
                    field,
                    "PASSWORD_GUESSABLE",
                    "That password is made of names that everybody knows. Choose another.");
        }
    }

    /// Whether little is left without the words that everybody knows.
    private static boolean guessable(String lower, String email, String... known) {
        Stream<String> words = Stream.concat(
                Stream.of("patchbay", "password", email.toLowerCase(Locale.ROOT)),
                Stream.concat(Stream.of(email), Arrays.stream(known))
                        .flatMap(text -> NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))));
        String left = words.filter(word -> word.length() > 2)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .reduce(lower, (text, word) -> text.replace(word, ""));
        return left.length() < lower.length() && left.codePoints().distinct().count() < LEAST_OF_ITS_OWN;
    }

    <T> T inLane(Supplier<T> work) {
        if (!waiting.tryAcquire()) {
            throw Refusal.tooMany(Duration.ofSeconds(2));
        }
        try {
            if (!lane.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.tooMany(Duration.ofSeconds(2));
            }
            try {
                return work.get();
            } finally {
                lane.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The server is stopping.");
        } finally {
            waiting.release();
        }
    }

    private static Set<String> common() {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Passwords.class.getResourceAsStream("common-passwords.txt")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
