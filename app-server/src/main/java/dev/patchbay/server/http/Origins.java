package dev.patchbay.server.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which sites' scripts may call. A request that no script of another site made says no origin, or ours.
public final class Origins {
    private final List<String> listed;
    private final @Nullable String publicHost;

    /// @param listed origins of other sites, such as `https://crm.example`
    /// @param publicUrl the address under which others reach this server; null when it is the one it serves
    public Origins(List<String> listed, @Nullable String publicUrl) {
        this.listed =
                listed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
        this.publicHost = publicUrl == null ? null : host(publicUrl);
    }

    boolean isEmpty() {
        return listed.isEmpty();
    }

    boolean lists(String origin) {
        return listed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /// Whether a script of a site that is neither ours nor listed sent this. The scheme is not compared: a proxy may
    /// provide HTTPS, and who can change the scheme of our own page can change the page.
    ///
    /// @param origin the header `Origin`
    /// @param host the header `Host`
    boolean foreign(@Nullable String origin, @Nullable String host) {
        if (origin == null || lists(origin)) {
            return false;
        }
        String from = host(origin);
        return from.isEmpty()
                || !from.equals(publicHost)
                        && (host == null
                                || !from.equals(host("http://" + host)) && !from.equals(host("https://" + host)));
    }

    /// Host and port, without the scheme's own port; empty for what is no address, such as `null`.
    private static String host(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null) {
                return "";
            }
            boolean usual = uri.getPort() < 0
                    || uri.getPort() == 443 && "https".equals(uri.getScheme())
                    || uri.getPort() == 80 && "http".equals(uri.getScheme());
            return uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
