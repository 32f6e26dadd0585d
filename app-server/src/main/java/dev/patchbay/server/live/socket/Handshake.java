package dev.patchbay.server.live.socket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers WebSocket handshakes on some paths (RFC 6455 section 4.2) and hands their connections to a [WebSocket];
/// everything else goes on to the next handler.
public final class Handshake extends Handler.Wrapper {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final Set<String> paths;
    private final Supplier<? extends Conversation> conversations;
    private final int mostBytes;
    private final int mostWaiting;

    /// @param conversations makes one for each socket
    /// @param mostBytes the longest message that a client may send
    /// @param mostWaiting how many frames may wait for a client that reads slowly
    public Handshake(
            Set<String> paths, Supplier<? extends Conversation> conversations, int mostBytes, int mostWaiting) {
        this.paths = Set.copyOf(paths);
        this.conversations = conversations;
        this.mostBytes = mostBytes;
        this.mostWaiting = mostWaiting;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        if (!headers.contains(HttpHeader.UPGRADE, "websocket") || !paths.contains(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        boolean asksWell = "GET".equals(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && headers.contains(HttpHeader.CONNECTION, "upgrade");
        String key = headers.get("Sec-WebSocket-Key");
        if (!"13".equals(headers.get("Sec-WebSocket-Version"))) {
            response.getHeaders().put("Sec-WebSocket-Version", "13");
            response.setStatus(HttpStatus.UPGRADE_REQUIRED_426);
        } else if (!asksWell || key == null || !isKey(key)) {
            response.setStatus(HttpStatus.BAD_REQUEST_400);
        } else {
            upgrade(request, response, key.strip());
        }
        callback.succeeded();
        return true;
    }

    private void upgrade(Request request, Response response, String key) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        request.setAttribute(
                HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
                new WebSocket(
                        endPoint,
                        request.getComponents().getExecutor(),
                        request.getComponents().getByteBufferPool(),
                        conversations.get(),
                        mostBytes,
                        mostWaiting));
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(new HttpField(HttpHeader.UPGRADE, "websocket"))
                .put(new HttpField(HttpHeader.CONNECTION, "Upgrade"))
                .put(new HttpField("Sec-WebSocket-Accept", accept(key)));
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
