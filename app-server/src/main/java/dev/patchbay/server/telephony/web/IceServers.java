package dev.patchbay.server.telephony.web;

import dev.patchbay.model.IceServer;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.server.calls.Surroundings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Which STUN and TURN servers a participant uses.
///
/// With a shared secret the TURN credentials end: user `expiry:name`, password the HMAC of it (the REST scheme of
/// coturn, draft-uberti-behave-turn-rest-00). None is set up by default: on one network nobody needs them, and a
/// stranger's server learns who calls whom.
public final class IceServers implements Surroundings.IceServerSource {
    private final Settings settings;

    /// Addresses are separated by commas; a missing scheme is added.
    ///
    /// @param secret coturn's `static-auth-secret`; wins over the fixed user
    /// @param validFor how long credentials made of the secret last
    public record Settings(
            @Nullable String stun,
            @Nullable String turn,
            @Nullable String secret,
            @Nullable String username,
            @Nullable String credential,
            Duration validFor) {
        public static final Settings NONE = new Settings(null, null, null, null, null, Duration.ofHours(12));

        @Override
        public String toString() {
            return "Settings[" + stun + ", " + turn + "]";
        }
    }

    public IceServers(Settings settings) {
        this.settings = settings;
    }

    public Duration validFor() {
        return settings.validFor();
    }

    @Override
    public List<IceServer> forParticipant(ParticipantId participant, Instant now) {
        return forName(participant.toString(), now);
    }

    List<IceServer> forName(String name, Instant now) {
        List<IceServer> servers = new ArrayList<>();
        List<String> stun = addresses(settings.stun(), "stun:");
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, null, null));
        }
        List<String> turn = addresses(settings.turn(), "turn:");
        if (!turn.isEmpty()) {
            if (settings.secret() != null) {
                String user = now.plus(settings.validFor()).getEpochSecond() + ":" + name;
                servers.add(new IceServer(turn, user, sign(settings.secret(), user)));
            } else if (settings.username() != null && settings.credential() != null) {
                servers.add(new IceServer(turn, settings.username(), settings.credential()));
            }
        }
        return servers;
    }

    private static List<String> addresses(@Nullable String list, String scheme) {
        if (list == null || list.isBlank()) {
            return List.of();
        }
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> address.matches("(?i)(stuns?|turns?):.*") ? address : scheme + address)
                .toList();
    }

    // HMAC-SHA1 is what coturn speaks; it signs a name that ends soon, not a document.
    private static String sign(String secret, String user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}
