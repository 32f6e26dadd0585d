package dev.patchbay.server.http;

import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Request] over Javalin. Used on the request's thread only.
final class Exchange implements Request {
    /// What nobody wants of a body is read to its end and thrown away, up to this length; beyond it the connection is
    /// given up.
    private static final int MOST_UNREAD = 16 << 20;

    private final Context context;
    private final String address;
    private final Duration patience;
    private Principal principal;
    private @Nullable String text;
    private boolean read;

    /// @param patience how long the body may take to arrive
    Exchange(Context context, String address, Duration patience) {
        this.context = context;
        this.address = address;
        this.patience = patience;
        this.principal = new Principal.Anonymous(address);
    }

    void become(Principal known) {
        this.principal = known;
    }

    /// Tells the client how much it may still ask (the draft of IETF's httpapi group, with one header a figure).
    void show(Limits.Standing standing) {
        context.header("RateLimit-Limit", String.valueOf(standing.limit()));
        context.header("RateLimit-Remaining", String.valueOf(standing.remaining()));
        context.header("RateLimit-Reset", String.valueOf(standing.reset().toSeconds()));
    }

    /// @throws Refusal 406 when the client takes no JSON
    void requireAcceptable() {
        String accept = context.header("Accept");
        if (accept != null
                && !accept.isBlank()
                && !accept.matches("(?is).*(\\*/\\*|application/(\\*|json)|text/plain).*")) {
            throw Refusal.of(406, "NOT_ACCEPTABLE", "The answer is application/json.");
        }
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public String path(String name) {
        return context.pathParam(name);
    }

    @Override
    public Optional<String> query(String name) {
        Optional<String> value = Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
        if (value.isPresent() && (!Input.storable(value.get()) || value.get().length() > 1000)) {
            throw Refusal.invalid(name, name + " cannot be read as given.");
        }
        return value;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    @Override
    public String address() {
        return address;
    }

    /// The route with its parameters, whatever the alias it came by.
    String target() {
        return context.endpoint().path.replaceFirst("^/api(/v1)?", "") + context.pathParamMap();
    }

    Optional<String> bearer() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .or(() -> header("X-Api-Key").map(String::strip));
    }

    @Override
    public String text() {
        String known = text;
        if (known == null) {
            known = readText();
            text = known;
        }
        return known;
    }

    @Override
    public <T> T body(Class<T> type) {
        String contentType =
                Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
        // A missing content type is refused as well: it is how a form on another site would get past CORS.
        if (!contentType.startsWith("application/json")) {
            throw Refusal.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body is sent as application/json.");
        }
        return Input.read(text(), type);
    }

    /// @throws Refusal 413 when the body says itself that it is too long, whether or not anybody would read it
    void requireSize() {
        if (context.req().getContentLengthLong() > Edge.MOST_BYTES) {
            throw tooLong();
        }
    }

    /// Before the answer is sent. A client that is still writing its body would otherwise find the connection closed
    /// under it and never read the answer; and Jetty cannot use a connection again with half a request in it.
    void leave() {
        if (!read) {
            drain(context);
        }
    }

    /// Reads a body that nobody wants, or gives the connection up when it is long.
    static void drain(Context context) {
        long length = context.req().getContentLengthLong();
        boolean none = length == 0 || (length < 0 && context.header("Transfer-Encoding") == null);
        if (!none && (length > MOST_UNREAD || !readToItsEnd(context))) {
            context.header("Connection", "close");
        }
    }

    private static boolean readToItsEnd(Context context) {
        try {
            InputStream in = context.req().getInputStream();
            return in.skip(MOST_UNREAD) < MOST_UNREAD;
        } catch (IOException e) {
            return false;
        }
    }

    private String readText() {
        requireSize();
        byte[] bytes;
        try {
            bytes = readInTime(context.req().getInputStream());
        } catch (IOException e) {
            throw Refusal.invalid("body", "The body ended early.");
        }
        if (bytes.length > Edge.MOST_BYTES) {
            throw tooLong();
        }
        read = true;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("body", "The body is not UTF-8.");
        }
    }

    /// One byte every few seconds would satisfy the idle time-out for ever.
    private byte[] readInTime(InputStream in) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0 && bytes.size() <= Edge.MOST_BYTES; n = in.read(part)) {
            bytes.write(part, 0, n);
            if (System.nanoTime() > end) {
                // Nobody waits for the rest, which may never come.
                read = true;
                context.header("Connection", "close");
                throw Refusal.of(408, "TOO_SLOW", "The body did not arrive in time.");
            }
        }
        return bytes.toByteArray();
    }

    private static Refusal tooLong() {
        return Refusal.of(413, "TOO_LARGE", "The body is longer than 1 MB.");
    }
}
