package dev.patchbay.server.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.model.Me;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.access.VisitorTokens;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Issues and reads access tokens: JWT (RFC 7519), HS256 only, typed (RFC 9068), of kinds told apart by the audience.
///
/// Roles stand in a user's token for other programs to read; here only the database says what a user may do.
public final class AccessTokens implements Authenticator, VisitorTokens {
    private static final String TYPE = "at+jwt";
    /// What our headers hold; one with more (a key, `crit`, compression) is none of ours.
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    private static final String ISSUER = "patchbay";
    private static final String USER = "user";
    private static final String LIVE = "live";
    private static final String VISITOR = "visitor";

    private final SigningKeys keys;
    private final UserTable users;
    private final InstantSource clock;
    private final Duration validFor;
    private final JwtParser parser;

    AccessTokens(SigningKeys keys, UserTable users, InstantSource clock, Duration validFor) {
        this.keys = keys;
        this.users = users;
        this.clock = clock;
        this.validFor = validFor;
        this.parser = Jwts.parser()
                .clock(() -> Date.from(clock.instant()))
                .requireIssuer(ISSUER)
                .keyLocator(header -> {
                    if (header instanceof JwsHeader jws
                            && "HS256".equals(jws.getAlgorithm())
                            && TYPE.equals(jws.getType())
                            && jws.getKeyId() != null) {
                        return keys.find(jws.getKeyId()).orElseThrow(() -> new JwtException("unknown key"));
                    }
                    throw new JwtException("not one of our tokens");
                })
                .build();
    }

    Duration validFor() {
        return validFor;
    }

    String issue(Me me, UUID session) {
        return ofUser(USER, me, session, validFor);
    }

    /// A user's token that opens sockets and nothing else.
    String issueForLive(Me me, UUID session, Duration lasts) {
        return ofUser(LIVE, me, session, lasts);
    }

    private String ofUser(String audience, Me me, UUID session, Duration lasts) {
        return sign(
                audience,
                me.id().toString(),
                me.company().id(),
                Map.of(
                        "sid",
                        session.toString(),
                        "roles",
                        me.roles().stream().map(Role::wire).sorted().toList()),
                lasts);
    }

    @Override
    public String issue(Principal.Visitor visitor, Duration visit) {
        return sign(
                VISITOR,
                visitor.participant().toString(),
                visitor.company(),
                Map.of("call", visitor.call().toString()),
                visit);
    }

    private String sign(String audience, String subject, CompanyId company, Map<String, ?> claims, Duration span) {
        Instant now = clock.instant();
        return Jwts.builder()
                .header()
                .type(TYPE)
                .keyId(keys.signingId())
                .and()
                .issuer(ISSUER)
                .audience()
                .add(audience)
                .and()
                .subject(subject)
                .claim("company", company.toString())
                .claims(claims)
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(span)))
                .signWith(keys.signing(), Jwts.SIG.HS256)
                .compact();
    }

    @Override
    public Principal authenticate(String token) {
        return authenticate(token, Set.of(Set.of(USER)));
    }

    /// As [#authenticate(String)], for sockets.
    Principal authenticateForLive(String token) {
        return authenticate(token, Set.of(Set.of(USER), Set.of(LIVE)));
    }

    private Principal authenticate(String token, Set<Set<String>> audiences) {
        if (!canonical(token)) {
            throw Refusal.unauthenticated();
        }
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            CompanyId company = CompanyId.of(claims.get("company", String.class));
            if (claims.getExpiration() == null) {
                throw Refusal.unauthenticated();
            }
            if (claims.getAudience().equals(Set.of(VISITOR))) {
                return new Principal.Visitor(
                        company, CallId.of(claims.get("call", String.class)), ParticipantId.of(claims.getSubject()));
            }
            if (!audiences.contains(claims.getAudience())) {
                throw Refusal.unauthenticated();
            }
            UUID session = UUID.fromString(claims.get("sid", String.class));
            Me me = users.signedIn(company, UserId.of(claims.getSubject()), session)
                    .orElseThrow(Refusal::unauthenticated);
            return new Principal.User(me, session);
        } catch (JwtException | IllegalArgumentException | NullPointerException | ClassCastException e) {
            // What is wrong with a token is nobody's business but ours, and tokens do not belong in logs.
            throw Refusal.unauthenticated();
        }
    }

    /// Whether a token is written in the one way that we write it: a header of our three fields, and a signature, which
    /// nothing else covers, without padding or stray bits. The parser is more generous.
    private static boolean canonical(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            Set<String> names = new HashSet<>();
            Json.read(header, ObjectNode.class).fieldNames().forEachRemaining(names::add);
            return names.equals(HEADER)
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(signature)
                            .equals(parts[2]);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
