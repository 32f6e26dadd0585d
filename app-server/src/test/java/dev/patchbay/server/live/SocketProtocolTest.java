package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.CompanyId;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 6455 byte by byte, as no library would send it.
class SocketProtocolTest {
    private LiveServer server;
    private CompanyId acme;

    @BeforeEach
    void start() {
        server = new LiveServer();
        acme = server.company("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Frame(int opcode, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        int code() {
            return content.length < 2 ? 1005 : (content[0] & 0xff) << 8 | content[1] & 0xff;
        }
    }

    /// A client that says exactly what it is told to.
    private final class Raw implements AutoCloseable {
        final Socket socket;
        final DataInputStream in;

        Raw() throws IOException {
            socket = new Socket("127.0.0.1", server.uri().getPort());
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
        }

        String ask(String headers) throws IOException {
            socket.getOutputStream()
                    .write(("GET /live HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.readUnsignedByte();
            }
            return head;
        }

        Raw upgraded() throws IOException {
            assertThat(ask("Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"))
                    .startsWith("HTTP/1.1 101")
                    // The example of RFC 6455 section 1.3.
                    .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
            return this;
        }

        void say(int first, byte[] content) throws IOException {
            socket.getOutputStream().write(masked(first, content));
        }

        void text(int first, String text) throws IOException {
            say(first, text.getBytes(StandardCharsets.UTF_8));
        }

        Frame next() throws IOException {
            int first = in.readUnsignedByte();
            assertThat(first & 0xf0).as("final, nothing reserved").isEqualTo(0x80);
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] content = new byte[length];
            in.readFully(content);
            return new Frame(first & 0x0f, content);
        }

        void hello() throws IOException {
            text(0x81, "{\"type\":\"hello\",\"token\":\"" + server.passes.agent(acme) + "\"}");
            assertThat(next().text()).contains("\"welcome\"");
        }

        void awaitEnd() throws IOException {
            try {
                in.readByte();
                throw new AssertionError("the server goes on");
            } catch (EOFException | java.net.SocketException e) {
                assertThat(socket.isConnected()).isTrue();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] masked(int first, byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (content.length < 126) {
            frame.write(0x80 | content.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(content.length >> 8);
            frame.write(content.length);
        }
        byte[] mask = {1, -2, 3, -4};
        frame.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            frame.write(content[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    @Test
    void aMessageInPartsWithAPingBetweenThemIsOneMessage() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.hello();
            raw.text(0x01, "{\"type\":\"pi");
            raw.text(0x89, "still here?");
            raw.text(0x00, "ng\",\"id\"");
            raw.text(0x80, ":\"ä1\"}".replace("ä", "a"));
            Frame pong = raw.next();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.text()).isEqualTo("still here?");
            assertThat(raw.next().text()).contains("\"reply\"", "a1");
        }
    }

    @Test
    void framesThatComeByteByByteOrAllAtOnceAreRead() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.hello();
            byte[] frame = masked(0x81, "{\"type\":\"ping\",\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8));
            for (byte one : frame) {
                raw.socket.getOutputStream().write(one);
                raw.socket.getOutputStream().flush();
            }
            assertThat(raw.next().text()).contains("\"reply\"");
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 150; i++) {
                many.writeBytes(
                        masked(0x81, ("{\"type\":\"ping\",\"id\":\"n" + i + "\"}").getBytes(StandardCharsets.UTF_8)));
            }
            raw.socket.getOutputStream().write(many.toByteArray());
            for (int i = 0; i < 150; i++) {
                assertThat(raw.next().text()).contains("\"n" + i + "\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // first byte, content's length, code
        "0xC1, 5, 1002", // a reserved bit
        "0x83, 5, 1002", // no such opcode
        "0x80, 5, 1002", // a continuation of nothing
        "0x09, 5, 1002", // a ping in parts
        "0x89, 126, 1002", // a long ping
        "0x82, 5, 1003", // binary
        "0x88, 1, 1002", // half a close code
    })
    void whoBreaksTheProtocolIsToldTheCode(String first, int length, int code) throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.hello();
            byte[] content = new byte[length];
            Arrays.fill(content, (byte) 'x');
            raw.say(Integer.decode(first), content);
            Frame close = raw.next();
            assertThat(close.opcode()).isEqualTo(8);
            assertThat(close.code()).isEqualTo(code);
        }
    }

    @Test
    void aFrameWithoutAMaskIsRefused() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.socket.getOutputStream().write(new byte[] {(byte) 0x81, 1, 'x'});
            assertThat(raw.next().code()).isEqualTo(1002);
            raw.awaitEnd();
        }
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.say(0x81, new byte[] {(byte) 0xC0, (byte) 0xAF});
            assertThat(raw.next().code()).isEqualTo(1007);
        }
    }

    @Test
    void aMessageInPartsHasTheSameLimit() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            byte[] part = new byte[40_000];
            raw.say(0x01, part);
            raw.say(0x80, part);
            assertThat(raw.next().code()).isEqualTo(1009);
        }
    }

    @Test
    void aGoodByeIsAnsweredAlikeAndTheConnectionEnds() throws IOException {
        try (Raw raw = new Raw().upgraded()) {
            raw.hello();
            raw.say(0x88, new byte[] {0x03, (byte) 0xE8, 'b', 'y', 'e'});
            assertThat(raw.next().code()).isEqualTo(1000);
            raw.awaitEnd();
        }
        try (Raw raw = new Raw().upgraded()) {
            raw.say(0x88, new byte[0]);
            assertThat(raw.next().content()).isEmpty();
            raw.awaitEnd();
        }
    }

    @Test
    void aHandshakeThatIsWrongIsRefused() throws IOException {
        try (Raw raw = new Raw()) {
            assertThat(raw.ask("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\n"
                            + "Sec-WebSocket-Version: 13\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
        try (Raw raw = new Raw()) {
            assertThat(raw.ask("Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("Sec-WebSocket-Version: 13");
        }
    }
}
