package dev.patchbay.server.telephony.web;

import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Content;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The call page and the widget: static files of the class path, read once, each at a path of its own, so that no name
/// from outside ever reaches the file system.
public final class VisitorPages implements Route.Feature {
    private static final String FOLDER = "visitor";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "mp3", "audio/mpeg",
            "ogg", "audio/ogg",
            "wav", "audio/wav");

    private final String framedBy;
    private final Map<String, byte[]> files;

    /// @param framedBy who may show the page in a frame: origins with blanks or commas between, `*` for everybody
    public VisitorPages(String framedBy) {
        this.framedBy = framedBy.replace(',', ' ').strip();
        if (!this.framedBy.matches("[A-Za-z0-9:/.*\\-\\[\\]' ]+")) {
            throw new IllegalArgumentException("WIDGET_ORIGINS is a list of origins");
        }
        this.files = read();
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> !name.equals("page.html"))
                .forEach(name ->
                        routes.add(Route.page("/visitor/" + name, "A file of the call page.", _ -> file(name))));
        if (files.containsKey("widget.js")) {
            routes.add(Route.page("/widget.js", "The script for other sites.", _ -> widget()));
        }
        if (files.containsKey("page.html")) {
            routes.add(Route.page("/call/{slug}", "The call page of a company.", this::page));
        }
        return List.copyOf(routes);
    }

    private Answer page(Request request) {
        return file("page.html")
                .with("Content-Security-Policy", policy(request.header("Host").orElse("")))
                .with("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
                // frame-ancestors above says who may; this one knows no list, and browsers that know both ignore it.
                .without("X-Frame-Options")
                .with("Cache-Control", "no-cache");
    }

    private Answer widget() {
        return file("widget.js").with("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private Answer file(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalStateException("no such file: " + name);
        }
        return Answer.of(new Content(type(name), bytes)).with("Cache-Control", "public, max-age=60");
    }

    /// Everything comes from here. Browsers that do not count a socket to the same host as `'self'` need it by name.
    private String policy(String host) {
        String sockets = host.matches("[A-Za-z0-9.\\-:\\[\\]]{1,255}") ? " ws://" + host + " wss://" + host : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" + sockets
                + "; media-src 'self' blob:; img-src 'self' data:; worker-src 'self'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors " + framedBy;
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    private static Map<String, byte[]> read() {
        URL folder = VisitorPages.class.getClassLoader().getResource(FOLDER + "/page.html");
        try {
            Map<String, byte[]> files = new TreeMap<>();
            for (String name : names(folder)) {
                try (@Nullable
                        InputStream in = VisitorPages.class.getClassLoader().getResourceAsStream(FOLDER + "/" + name)) {
                    if (in != null && TYPES.containsKey(name.substring(name.lastIndexOf('.') + 1))) {
                        files.put(name, in.readAllBytes());
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the call page's files cannot be read", e);
        }
    }

    private static List<String> names(@Nullable URL page) throws IOException {
        if (page == null) {
            return List.of();
        }
        if (page.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (var file = jar.getJarFile()) {
                return file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER + "/") && !name.endsWith("/"))
                        .map(name -> name.substring(FOLDER.length() + 1))
                        .toList();
            }
        }
        Path folder = folder(page);
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static Path folder(URL page) throws IOException {
        try {
            URI uri = page.toURI();
            Path parent = Path.of(uri).getParent();
            if (parent == null) {
                throw new IOException("no folder around " + uri);
            }
            return parent;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
