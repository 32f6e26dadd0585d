package dev.patchbay.desktop.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a companion server is.
///
/// @param base scheme, host and port; no path
/// @param pin the fingerprint of its certificate, when a person confirmed it; null otherwise
public record ServerAddress(URI base, @Nullable String pin) {
    public ServerAddress {
        String scheme = String.valueOf(base.getScheme());
        if ((!scheme.equals("https") && !scheme.equals("http")) || base.getHost() == null) {
            throw new IllegalArgumentException("base: must be http(s)://host:port");
        }
    }

    /// Reads what a person types: `calls.example.com`, `localhost:8090`, `https://calls.example.com/call/demo`. Without
    /// a
    /// scheme this machine is spoken to in plain HTTP, any other by TLS.
    ///
    /// @throws IllegalArgumentException when it is no address; the message is a sentence
    public static ServerAddress parse(String typed) {
        String text = typed.strip();
        try {
            if (!text.contains("://")) {
                URI guess = new URI("http://" + text);
                text = (local(guess.getHost()) ? "http://" : "https://") + text;
            }
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null || (!scheme.equals("http") && !scheme.equals("https"))) {
                throw new IllegalArgumentException("This is no server address: " + typed);
            }
            return new ServerAddress(new URI(scheme, null, host, uri.getPort(), null, null, null), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("This is no server address: " + typed, e);
        }
    }

    public ServerAddress pinned(String fingerprint) {
        return new ServerAddress(base, fingerprint);
    }

    /// Scheme, host and port, as a person reads it.
    public String text() {
        return base.toString();
    }

    String host() {
        return base.getHost();
    }

    /// Where the live socket is.
    public URI live() {
        return URI.create((base.getScheme().equals("https") ? "wss://" : "ws://") + base.getRawAuthority() + "/live");
    }

    private static boolean local(@Nullable String host) {
        return host != null && (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."));
    }
}
