package dev.patchbay.server.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose `X-Forwarded-For` is believed. Anybody else's is ignored: it would be a way around the rate limits.
public final class TrustedProxies {
    private final List<Network> networks;

    /// @param texts addresses or networks such as `10.0.0.0/8`
    /// @throws IllegalArgumentException naming the one that is neither
    public TrustedProxies(List<String> texts) {
        this.networks = texts.stream().map(Network::parse).toList();
    }

    private boolean trusts(String address) {
        Optional<Network.Address> known = Network.address(address);
        return known.isPresent() && networks.stream().anyMatch(network -> network.holds(known.get()));
    }

    /// The client's address: the nearest one that is not a trusted proxy.
    String client(Context context) {
        return client(String.valueOf(context.req().getRemoteAddr()), context.header("X-Forwarded-For"));
    }

    /// @param socket the address at the other end of the connection
    /// @param forwarded the header `X-Forwarded-For`
    String client(String socket, @Nullable String forwarded) {
        String peer = bare(socket);
        if (networks.isEmpty() || forwarded == null || !trusts(peer)) {
            return peer;
        }
        String[] hops = forwarded.split(",");
        String client = peer;
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = bare(hops[i].strip());
            if (Network.address(hop).isEmpty()) {
                return client;
            }
            client = hop;
            if (!trusts(hop)) {
                return client;
            }
        }
        return client;
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
