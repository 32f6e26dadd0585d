package dev.patchbay.server.identity.external;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Asks a provider. Thread-safe.
public final class ProviderClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 262_144;
    private static final long CLOCK_SKEW_SECONDS = 60;

    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// The provider did not say who somebody is; the message is for the log.
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    public ProviderClient(InstantSource clock) {
        this.clock = clock;
    }

    /// What a sign-in carries from its begin to its end.
    ///
    /// @param verifier of PKCE
    /// @param nonce comes back inside the ID token
    /// @param callback where the provider sends the browser
    public record Attempt(String state, String nonce, String verifier, String callback) {}

    /// Where to send the browser.
    ///
    /// @param challenge of the verifier, S256
    public URI authorize(Provider provider, Attempt attempt, String challenge) {
        Map<String, String> query = new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", provider.clientId(),
                "redirect_uri", attempt.callback(),
                "scope", provider.identity().scope(),
                "state", attempt.state(),
                "code_challenge", challenge,
                "code_challenge_method", "S256"));
        if (provider.identity() instanceof Provider.Signed) {
            query.put("nonce", attempt.nonce());
        }
        return URI.create(provider.authorize() + "?" + form(query));
    }

    /// @param code what the browser brought back
    /// @throws Failed when the provider refuses, cannot be reached or says what cannot be believed
    public Provider.Person person(Provider provider, Attempt attempt, String code) throws Failed {
        JsonNode tokens = send(HttpRequest.newBuilder(provider.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", attempt.callback(),
                        "client_id", provider.clientId(),
                        "client_secret", provider.clientSecret(),
                        "code_verifier", attempt.verifier())))));
        return switch (provider.identity()) {
            case Provider.Signed signed -> signed(provider, signed, attempt, text(tokens, "id_token"));
            case Provider.Asked asked -> asked(provider, asked, text(tokens, "access_token"));
        };
    }

    private Provider.Person signed(Provider provider, Provider.Signed signed, Attempt attempt, String token)
            throws Failed {
        Map<String, Key> keys = keys(signed.keys());
        try {
            Claims claims = Jwts.parser()
                    .clock(() -> Date.from(clock.instant()))
                    .clockSkewSeconds(CLOCK_SKEW_SECONDS)
                    .requireIssuer(signed.issuer())
                    .require("nonce", attempt.nonce())
                    .keyLocator(header -> {
                        Key key = header instanceof JwsHeader jws && "RS256".equals(jws.getAlgorithm())
                                ? keys.get(String.valueOf(jws.getKeyId()))
                                : null;
                        if (key == null) {
                            throw new JwtException("not signed by one of the provider's keys");
                        }
                        return key;
                    })
                    .build()
                    .parseSignedClaims(token)
                    .getPayload();
            if (!claims.getAudience().equals(Set.of(provider.clientId())) || claims.getExpiration() == null) {
                throw new Failed("the ID token is for somebody else");
            }
            Object verified = claims.get("email_verified");
            return new Provider.Person(
                    claims.getSubject(),
                    claims.get("email", String.class),
                    Boolean.TRUE.equals(verified) || "true".equals(verified));
        } catch (JwtException | IllegalArgumentException | NullPointerException e) {
            throw new Failed("the ID token cannot be believed: " + e.getMessage());
        }
    }

    private Map<String, Key> keys(URI uri) throws Failed {
        String set = send(HttpRequest.newBuilder(uri).GET()).toString();
        try {
            return Jwks.setParser().build().parse(set).getKeys().stream()
                    .filter(jwk -> jwk.getId() != null)
                    .collect(Collectors.toMap(Jwk::getId, Jwk::toKey, (one, _) -> one));
        } catch (JwtException | IllegalArgumentException e) {
            throw new Failed("the provider's keys cannot be read");
        }
    }

    private Provider.Person asked(Provider provider, Provider.Asked asked, String token) throws Failed {
        String query = form(Map.of("fields", "id,name,email", "appsecret_proof", proof(provider, token)));
        JsonNode person = send(HttpRequest.newBuilder(URI.create(asked.person() + "?" + query))
                .header("Authorization", "Bearer " + token)
                .GET());
        String email = person.path("email").asText("");
        return new Provider.Person(text(person, "id"), email.isEmpty() ? null : email, !email.isEmpty());
    }

    /// Shows that the token is used by whom it was given to (Graph API, "Secure Graph API Calls").
    private static String proof(Provider provider, String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(provider.clientSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws Failed {
        try {
            HttpResponse<InputStream> response = http.send(
                    request.timeout(PATIENCE)
                            .header("Accept", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES);
                if (response.statusCode() != 200) {
                    throw new Failed("the provider answered " + response.statusCode());
                }
                return Json.read(new String(bytes, StandardCharsets.UTF_8), JsonNode.class);
            }
        } catch (IOException e) {
            throw new Failed("the provider cannot be reached: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Failed("the provider's answer cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    private static String text(JsonNode node, String field) throws Failed {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new Failed("the provider's answer has no " + field);
        }
        return text;
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
