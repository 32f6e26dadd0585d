package dev.patchbay.server.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Whose `X-Forwarded-For` is believed. Anybody else's is ignored: it would be a way around the rate limits.
public final class TrustedProxies {
    private record Network(byte[] prefix, int bits) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Network network && bits == network.bits && Arrays.equals(prefix, network.prefix);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(prefix) * 31 + bits;
        }
    }

    private final List<Network> networks;

    /// @param texts addresses or networks such as `10.0.0.0/8`
    /// @throws IllegalArgumentException naming the one that is neither
    public TrustedProxies(List<String> texts) {
        this.networks = texts.stream().map(TrustedProxies::parse).toList();
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = numeric(slash < 0 ? text : text.substring(0, slash));
        try {
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (address.length == 0 || bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException(text + " is neither an address nor a network");
            }
            return new Network(address, bits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is neither an address nor a network", e);
        }
    }

    /// Never asks a name server: what is no numeric address yields no bytes.
    private static byte[] numeric(String text) {
        if (!text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }

    private boolean trusts(String address) {
        byte[] bytes = numeric(address);
        return bytes.length > 0 && networks.stream().anyMatch(network -> network.holds(bytes));
    }

    /// The client's address: the nearest one that is not a trusted proxy.
    String client(Context context) {
        String peer = bare(String.valueOf(context.req().getRemoteAddr()));
        if (networks.isEmpty() || !trusts(peer)) {
            return peer;
        }
        String forwarded = context.header("X-Forwarded-For");
        if (forwarded == null) {
            return peer;
        }
        String[] hops = forwarded.split(",");
        String client = peer;
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = bare(hops[i].strip());
            if (numeric(hop).length == 0) {
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
