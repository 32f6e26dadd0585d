package dev.patchbay.desktop.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A STUN or TURN server, as RFC 8825's `RTCIceServer`.
///
/// @param urls `stun:…`, `turn:…` or `turns:…`
/// @param username null for STUN
/// @param credential null for STUN; never logged
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) throw new IllegalArgumentException("urls: at least one is needed");
    }

    public static IceServer stun(String url) {
        return new IceServer(List.of(url), null, null);
    }

    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
