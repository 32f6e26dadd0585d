package dev.patchbay.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A WebSocket client that sends any bytes, right or wrong, and reads frames.
final class RawSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /// A frame of the server.
    record Frame(int first, byte[] payload) {
        int opcode() {
            return first & 15;
        }

        /// The code of a close frame; 1005 when it holds none.
        int code() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Frame frame
                    && first == frame.first
                    && java.util.Arrays.equals(payload, frame.payload);
        }

        @Override
        public int hashCode() {
            return first;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String status;

    /// Opens a connection and asks for a socket.
    ///
    /// @param headers in place of the usual ones
    RawSocket(URI server, List<String> headers) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET /live HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + String.join("\r\n", headers)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.write(c);
        }
        status = head.toString(StandardCharsets.ISO_8859_1);
    }

    static RawSocket open(URI server) throws IOException {
        return new RawSocket(
                server,
                List.of(
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    }

    /// The answer's head.
    String head() {
        return status;
    }

    RawSocket send(int first, byte[] payload) throws IOException {
        return raw(frame(first, payload, true));
    }

    RawSocket send(int first, String payload) throws IOException {
        return send(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    RawSocket raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    static byte[] frame(int first, byte[] payload, boolean masked) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (masked ? payload[i] ^ MASK[i % 4] : payload[i]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /// The next frame; empty when the connection ended.
    Optional<Frame> next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second & 127;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            return Optional.of(new Frame(first, payload));
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    /// The next frame that is no ping of the server.
    Optional<Frame> answer() throws IOException {
        Optional<Frame> frame = next();
        while (frame.isPresent() && frame.get().opcode() == PING) {
            frame = next();
        }
        return frame;
    }

    /// The code with which the server closes, passing over what it sends before; 1006 when it just ends.
    int closeCode() throws IOException {
        Optional<Frame> frame = next();
        while (frame.isPresent() && frame.get().opcode() != CLOSE) {
            frame = next();
        }
        return frame.map(Frame::code).orElse(1006);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
