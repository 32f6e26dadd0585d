package dev.patchbay.desktop.session;

import dev.patchbay.model.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tokens of one session. The access token is renewed before it ends, or when the server refuses it, once for
/// however many callers: a refresh token may be used a single time (RFC 9700, section 4.14).
final class Credentials {
    /// Renewed when less than this is left, so that a request under way does not meet the end.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Function<String, Tokens> renew;
    private final Consumer<Tokens> changed;
    private final Consumer<Refused> over;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Tokens tokens;
    private @Nullable Instant ends;
    private @Nullable Refused ended;

    /// @param renew asks the server for new tokens; blocks
    /// @param changed keeps new tokens; called before they are used
    /// @param over told once when the server takes the refresh token no more
    Credentials(
            Tokens tokens,
            Function<String, Tokens> renew,
            Consumer<Tokens> changed,
            Consumer<Refused> over,
            InstantSource clock) {
        this.tokens = tokens;
        this.renew = renew;
        this.changed = changed;
        this.over = over;
        this.clock = clock;
        this.ends = tokens.accessToken().isEmpty() ? null : end(tokens);
    }

    private Instant end(Tokens now) {
        return clock.instant().plusSeconds(now.expiresIn());
    }

    /// An access token that is good for a while. Blocks while it is renewed.
    ///
    /// @throws Refused when the session is over
    /// @throws Unreachable when it must be renewed and the server is away
    String access() {
        lock.lock();
        try {
            Instant end = ends;
            if (end == null || !clock.instant().plus(margin()).isBefore(end)) {
                renewNow();
            }
            return tokens.accessToken();
        } finally {
            lock.unlock();
        }
    }

    /// The server refused this token: gets another, unless somebody did already.
    String instead(String refusedToken) {
        lock.lock();
        try {
            if (tokens.accessToken().equals(refusedToken)) {
                renewNow();
            }
            return tokens.accessToken();
        } finally {
            lock.unlock();
        }
    }

    /// How long until [#access] will renew: never less than a second.
    Duration untilDue() {
        lock.lock();
        try {
            Instant end = ends;
            Duration left = end == null ? Duration.ZERO : Duration.between(clock.instant(), end.minus(margin()));
            return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        } finally {
            lock.unlock();
        }
    }

    /// A short-lived token has a margin of half its life, or it would be renewed at every call.
    private Duration margin() {
        Duration half = Duration.ofSeconds(tokens.expiresIn()).dividedBy(2);
        return MARGIN.compareTo(half) < 0 ? MARGIN : half;
    }

    String refreshToken() {
        lock.lock();
        try {
            return tokens.refreshToken();
        } finally {
            lock.unlock();
        }
    }

    private void renewNow() {
        Refused last = ended;
        if (last != null) {
            throw last;
        }
        try {
            Tokens fresh = renew.apply(tokens.refreshToken());
            changed.accept(fresh);
            tokens = fresh;
            ends = end(fresh);
        } catch (Refused no) {
            if (no.httpStatus() == 401 || no.httpStatus() == 403 || no.httpStatus() == 400) {
                ended = no;
                over.accept(no);
            }
            throw no;
        }
    }
}
