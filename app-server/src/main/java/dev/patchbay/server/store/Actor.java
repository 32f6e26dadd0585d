package dev.patchbay.server.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who does what is written into the audit log.
///
/// The edges bind it around each request and command, so that use cases need not pass it on; where nobody did, the
/// server itself acts.
///
/// @param id the user; null when it is none
/// @param address where the request came from; empty when it did not come over the network
public record Actor(@Nullable UUID id, String name, String address) {
    public static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();

    public static final Actor SERVER = new Actor(null, "server", "");

    public Actor {
        name = cut(name, 200);
        address = cut(address, 64);
    }

    public static Actor current() {
        return CURRENT.orElse(SERVER);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
