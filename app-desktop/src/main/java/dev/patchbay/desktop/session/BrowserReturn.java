package dev.patchbay.desktop.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Waits on this machine for the browser that comes back from a sign-in with a one-time code (RFC 8252, section 7.3).
/// Listens on the loopback address alone, for one answer.
final class BrowserReturn implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("^GET /\\?(?:[^ ]*&)?code=([^& ]+)");
    private static final int MOST_LINE = 8_192;

    private final ServerSocket socket;
    private final String page;

    /// @param sentence what the browser shows then
    BrowserReturn(String sentence) throws IOException {
        socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        String body = "<!doctype html><meta charset=\"utf-8\"><title>Patchbay</title><p>" + escaped(sentence) + "</p>";
        page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n" + body;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Where the browser is to be sent.
    String redirect() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    /// The code; empty when nobody came in time. A browser's other questions (an icon) are passed over.
    Optional<String> await(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            try (Socket caller = socket.accept()) {
                caller.setSoTimeout(5_000);
                Optional<String> code = code(caller);
                if (code.isPresent()) {
                    return code;
                }
            } catch (SocketTimeoutException nobody) {
                // Asked again whether the time is over.
            }
        }
    }

    private Optional<String> code(Socket caller) throws IOException {
        BufferedReader in = new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII), MOST_LINE);
        String line = in.readLine();
        Matcher found = CODE.matcher(line == null ? "" : line);
        boolean here = found.find();
        String answer = here ? page : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        // The rest of the question is read, or the browser may see a reset in place of the page.
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        caller.getOutputStream().flush();
        return here ? Optional.of(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
