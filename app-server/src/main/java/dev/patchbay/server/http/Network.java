package dev.patchbay.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An address or a network of addresses (CIDR), IPv4 or IPv6. Never asks a name server.
public final class Network {
    private static final List<Network> LOOPBACKS = List.of(parse("127.0.0.0/8"), parse("::1"));

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// @param text an address, or a network such as `10.0.0.0/8`
    /// @throws IllegalArgumentException when it is neither
    public static Network parse(String text) {
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

    /// The address that a text is; empty when it is none.
    static Optional<Address> address(String text) {
        byte[] bytes = numeric(text);
        return bytes.length == 0 ? Optional.empty() : Optional.of(new Address(bytes));
    }

    /// A numeric address. An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
    static final class Address {
        private final byte[] bytes;

        private Address(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /// Whether this is the machine's own address.
    static boolean isLoopback(String address) {
        return address(address)
                .filter(known -> LOOPBACKS.stream().anyMatch(network -> network.holds(known)))
                .isPresent();
    }

    private static byte[] numeric(String text) {
        // The JDK would take 1 for 0.0.0.1, and ask a name server about anything with letters.
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }

    /// How many leading bits are fixed.
    int bits() {
        return bits;
    }

    boolean isIpv4() {
        return prefix.length == 4;
    }

    boolean holds(Address address) {
        if (address.bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address.bytes[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
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
