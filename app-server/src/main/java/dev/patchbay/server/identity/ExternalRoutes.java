package dev.patchbay.server.identity;

import dev.patchbay.model.Json;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Content;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.identity.external.Provider;
import dev.patchbay.server.identity.external.ProviderClient;
import dev.patchbay.server.secrets.Secrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in through Google or Facebook, in a browser: `/auth/google`, `/auth/facebook`.
///
/// What belongs to an attempt (state, nonce, PKCE verifier) is sealed in a cookie of that browser, so that any node can
/// end what another began and nobody can end an attempt in somebody else's browser. The browser then hands a one-time
/// code to the program that sent it, or shows it; `/auth/exchange` gives the tokens for it.
final class ExternalRoutes implements Route.Feature {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalRoutes.class);
    private static final Duration ATTEMPT = Duration.ofMinutes(10);
    private static final String SEALED_FOR = "external sign-in";
    private static final String COOKIE = "patchbay-sign-in";

    private final List<Provider> providers;
    private final ProviderClient client;
    private final ExternalAccounts accounts;
    private final Secrets secrets;
    private final Supplier<String> publicUrl;
    private final List<String> origins;
    private final InstantSource clock;

    /// @param until seconds since 1970
    private record Attempt(
            String provider,
            String state,
            String nonce,
            String verifier,
            @Nullable String redirect,
            @Nullable String challenge,
            long until) {}

    record Exchange(
            String code,
            @Nullable String verifier,
            @Nullable String totp) {
        @Override
        public String toString() {
            return "Exchange[]";
        }
    }

    record Offered(List<String> items) {}

    /// @param origins other sites that may be sent back to
    ExternalRoutes(
            List<Provider> providers,
            ProviderClient client,
            ExternalAccounts accounts,
            Secrets secrets,
            Supplier<String> publicUrl,
            List<String> origins,
            InstantSource clock) {
        this.providers = List.copyOf(providers);
        this.client = client;
        this.accounts = accounts;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.origins = List.copyOf(origins);
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get(
                "/auth/providers",
                Access.ANYBODY,
                "Through whom one can sign in besides.",
                Offered.class,
                _ -> new Offered(providers.stream().map(Provider::name).toList())));
        for (String name : List.of("google", "facebook")) {
            routes.add(Route.get(
                    "/auth/" + name,
                    Access.ANYBODY,
                    "Sends the browser to the provider; ?redirect= (this machine, or a site of ALLOWED_ORIGINS) gets a "
                            + "one-time code, ?challenge= (S256) binds it to the program.",
                    Void.class,
                    request -> begin(provider(name), request)));
            routes.add(Route.get(
                    "/auth/" + name + "/callback",
                    Access.ANYBODY,
                    "Where the provider sends the browser back to.",
                    Void.class,
                    request -> end(provider(name), request)));
        }
        routes.add(Route.post(
                "/auth/exchange",
                Access.ANYBODY,
                "Gives the tokens for such a one-time code.",
                Exchange.class,
                Tokens.class,
                request -> {
                    Exchange body = request.body(Exchange.class);
                    return accounts.exchange(body.code(), body.verifier(), body.totp(), AuthRoutes.origin(request));
                }));
        return routes;
    }

    private Provider provider(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of(404, "PROVIDER_OFF", "Signing in with " + name + " is not set up here."));
    }

    private Answer begin(Provider provider, Request request) {
        String redirect = request.query("redirect").orElse(null);
        if (redirect != null && !mayReturnTo(redirect)) {
            throw Refusal.invalid("redirect", "redirect is an address of this machine or of an allowed site.");
        }
        String challenge = request.query("challenge").orElse(null);
        if (challenge != null && !challenge.matches("[A-Za-z0-9_-]{43}")) {
            throw Refusal.invalid("challenge", "challenge is the S256 of a verifier.");
        }
        Attempt attempt = new Attempt(
                provider.name(),
                Hashes.token(),
                Hashes.token(),
                Hashes.token(),
                redirect,
                challenge,
                clock.instant().plus(ATTEMPT).getEpochSecond());
        URI there =
                client.authorize(provider, attempt(provider, attempt), ExternalAccounts.challenge(attempt.verifier()));
        return new Answer(302, null, java.util.Map.of())
                .with("Location", there.toString())
                .with("Set-Cookie", cookie(secrets.seal(SEALED_FOR, Json.write(attempt)), ATTEMPT));
    }

    private ProviderClient.Attempt attempt(Provider provider, Attempt attempt) {
        return new ProviderClient.Attempt(
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                publicUrl.get() + "/api/v1/auth/" + provider.name() + "/callback");
    }

    private Answer end(Provider provider, Request request) {
        Optional<Attempt> begun = begun(request)
                .filter(attempt -> attempt.provider().equals(provider.name()))
                .filter(attempt -> attempt.until() > clock.instant().getEpochSecond())
                .filter(attempt -> same(attempt.state(), request.query("state").orElse("")));
        if (begun.isEmpty()) {
            return page(
                    400,
                    "That did not work",
                    "This sign-in was not begun in this browser, or took too long. "
                            + "Go back to Patchbay and begin again.");
        }
        Optional<String> code = request.query("code");
        if (code.isEmpty()) {
            return page(
                    400,
                    "Not signed in",
                    provider.title() + " did not sign you in. Go back to Patchbay to try again "
                            + "or to use your password.");
        }
        Provider.Person person;
        try {
            person = client.person(provider, attempt(provider, begun.get()), code.get());
        } catch (ProviderClient.Failed e) {
            LOG.warn("a sign-in through {} failed: {}", provider.name(), e.getMessage());
            return page(
                    502,
                    "That did not work",
                    provider.title() + " did not confirm who you are. Go back to Patchbay " + "and try again later.");
        }
        if (person.email() == null || !person.verified()) {
            return page(
                    403,
                    "Your address is not confirmed",
                    provider.title() + " has not confirmed your e-mail address. "
                            + "Confirm it there, or sign in with your password.");
        }
        return accounts.find(provider, person)
                .map(user -> signedIn(begun.get(), user))
                .orElseGet(() -> page(
                        403,
                        "No account here",
                        "Nobody here signs in with this " + provider.title() + " account (" + person.email()
                                + "). Ask whoever runs Patchbay at your company to add you."));
    }

    private Answer signedIn(Attempt attempt, UserRow user) {
        String code = accounts.code(user, attempt.challenge());
        String redirect = attempt.redirect();
        if (redirect != null) {
            return new Answer(302, null, java.util.Map.of())
                    .with("Location", redirect + (redirect.contains("?") ? "&" : "?") + "code=" + code)
                    .with("Set-Cookie", cookie("", Duration.ZERO));
        }
        return page(
                200,
                "Almost there",
                "You are " + user.name() + ". Enter this code in Patchbay within " + ExternalAccounts.VALID.toMinutes()
                        + " minutes: " + code);
    }

    private Optional<Attempt> begun(Request request) {
        String header = request.header("Cookie").orElse("");
        for (String pair : header.split(";")) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(cookieName())) {
                try {
                    return Optional.of(Json.read(secrets.open(SEALED_FOR, parts[1]), Attempt.class));
                } catch (Secrets.CannotOpen | IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// A program on this machine (RFC 8252 section 7.3), or a site that may call the API anyway.
    private boolean mayReturnTo(String redirect) {
        try {
            URI uri = new URI(redirect);
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                return false;
            }
            boolean here = "http".equals(uri.getScheme())
                    && List.of("127.0.0.1", "[::1]", "localhost").contains(uri.getHost());
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return here || origins.contains(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    private boolean secure() {
        return publicUrl.get().startsWith("https:");
    }

    private String cookieName() {
        return secure() ? "__Host-" + COOKIE : COOKIE;
    }

    /// Lax, not Strict: the provider's site sends the browser back.
    private String cookie(String value, Duration lasts) {
        return cookieName() + "=" + value + "; Path=/; Max-Age=" + lasts.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure() ? "; Secure" : "");
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private Answer page(int status, String title, String text) {
        String page = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="/reset-password/style.css">
                </head>
                <body><main><h1>%s</h1><p>%s</p></main></body>
                </html>
                """.formatted(escape(title), escape(title), escape(text));
        return new Answer(status, Content.text("text/html", page), java.util.Map.of())
                .with("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
                .with("Set-Cookie", cookie("", Duration.ZERO));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
