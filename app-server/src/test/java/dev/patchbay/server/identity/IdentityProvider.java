package dev.patchbay.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.model.Json;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Google and Facebook on this machine: asks nobody, but keeps to the protocols as they do. A code is good once, for
/// its client, its redirect and its PKCE verifier; ID tokens are signed; the Graph API wants its proof.
final class IdentityProvider implements AutoCloseable {
    static final String CLIENT = "patchbay-client";
    static final String SECRET = "patchbay-secret-at-the-provider";

    private static final KeyPair KEYS = Jwts.SIG.RS256.keyPair().build();
    private static final KeyPair STRANGERS = Jwts.SIG.RS256.keyPair().build();
    private static final String KEY_ID = "key-1";

    private final HttpServer server;
    private final Supplier<Instant> clock;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Map<String, Someone> tokens = new ConcurrentHashMap<>();

    /// Who sits at the browser, as the provider knows them.
    record Someone(String subject, String email, boolean verified) {}

    private record Grant(Someone someone, Map<String, String> asked) {}

    /// What an ID token says wrongly.
    enum Lie {
        NONE,
        NONCE,
        ISSUER,
        AUDIENCE,
        EXPIRED,
        SIGNATURE,
        UNSIGNED
    }

    volatile Lie lie = Lie.NONE;
    volatile boolean broken;

    IdentityProvider(Supplier<Instant> clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/keys", this::keys);
        server.createContext("/me", this::me);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// The person agrees: what the browser brings back.
    ///
    /// @param address where the server sent the browser
    String agree(URI address, Someone someone) {
        Map<String, String> asked = form(address.getRawQuery());
        String code = UUID.randomUUID().toString();
        grants.put(code, new Grant(someone, asked));
        return code;
    }

    static Map<String, String> form(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> body = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Optional<Grant> grant = Optional.ofNullable(grants.remove(body.getOrDefault("code", "")));
        boolean good = grant.isPresent()
                && !broken
                && "authorization_code".equals(body.get("grant_type"))
                && CLIENT.equals(body.get("client_id"))
                && SECRET.equals(body.get("client_secret"))
                && grant.get().asked().get("redirect_uri").equals(body.get("redirect_uri"))
                && "S256".equals(grant.get().asked().get("code_challenge_method"))
                && grant.get()
                        .asked()
                        .get("code_challenge")
                        .equals(ExternalAccounts.challenge(body.getOrDefault("code_verifier", "")));
        if (!good) {
            answer(exchange, broken ? 500 : 400, Map.of("error", "invalid_grant"));
            return;
        }
        Someone someone = grant.get().someone();
        String access = UUID.randomUUID().toString();
        tokens.put(access, someone);
        String nonce = grant.get().asked().getOrDefault("nonce", "");
        answer(
                exchange,
                200,
                nonce.isEmpty()
                        ? Map.of("access_token", access, "token_type", "bearer")
                        : Map.of("access_token", access, "token_type", "Bearer", "id_token", idToken(someone, nonce)));
    }

    private String idToken(Someone someone, String nonce) {
        Instant now = clock.get();
        var token = Jwts.builder()
                .header()
                .keyId(KEY_ID)
                .and()
                .issuer(lie == Lie.ISSUER ? "https://elsewhere.test" : "https://accounts.test")
                .audience()
                .add(lie == Lie.AUDIENCE ? "another-client" : CLIENT)
                .and()
                .subject(someone.subject())
                .claim("nonce", lie == Lie.NONCE ? "another" : nonce)
                .claim("email", someone.email())
                .claim("email_verified", someone.verified())
                .issuedAt(Date.from(now))
                .expiration(Date.from(lie == Lie.EXPIRED ? now.minusSeconds(3600) : now.plusSeconds(3600)));
        return switch (lie) {
            case UNSIGNED -> token.compact();
            case SIGNATURE ->
                token.signWith(STRANGERS.getPrivate(), Jwts.SIG.RS256).compact();
            case NONE, NONCE, ISSUER, AUDIENCE, EXPIRED ->
                token.signWith(KEYS.getPrivate(), Jwts.SIG.RS256).compact();
        };
    }

    private void keys(HttpExchange exchange) throws IOException {
        var jwk = Jwks.builder().key((RSAPublicKey) KEYS.getPublic()).id(KEY_ID).build();
        Map<String, Object> plain = new HashMap<>();
        jwk.forEach((name, value) -> plain.put(name, String.valueOf(value)));
        answer(exchange, 200, Map.of("keys", java.util.List.of(plain)));
    }

    private void me(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        Someone someone = tokens.get(token);
        String proof = form(exchange.getRequestURI().getRawQuery()).getOrDefault("appsecret_proof", "");
        if (someone == null || !proof.equals(hmac(token))) {
            answer(exchange, 400, Map.of("error", "OAuthException"));
        } else if (someone.verified()) {
            answer(exchange, 200, Map.of("id", someone.subject(), "email", someone.email()));
        } else {
            answer(exchange, 200, Map.of("id", someone.subject()));
        }
    }

    private static String hmac(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        JsonNode tree = Json.tree(body);
        byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
