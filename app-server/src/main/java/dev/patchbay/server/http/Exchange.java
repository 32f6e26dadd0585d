package dev.patchbay.server.http;

import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    private Principal principal;
    private @Nullable String text;
    private boolean read;

    Exchange(Context context, String address) {
        this.context = context;
        this.address = address;
        this.principal = new Principal.Anonymous(address);
    }

    void become(Principal known) {
        this.principal = known;
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
                .map(value -> value.substring(7).strip());
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
        if (read) {
            return;
        }
        long length = context.req().getContentLengthLong();
        boolean none = length == 0 || (length < 0 && context.header("Transfer-Encoding") == null);
        if (!none && (length > MOST_UNREAD || !readToItsEnd())) {
            context.header("Connection", "close");
        }
    }

    private boolean readToItsEnd() {
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
            bytes = context.req().getInputStream().readNBytes(Edge.MOST_BYTES + 1);
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

    private static Refusal tooLong() {
        return Refusal.of(413, "TOO_LARGE", "The body is longer than 1 MB.");
    }
}
