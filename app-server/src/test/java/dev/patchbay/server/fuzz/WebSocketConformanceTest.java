package dev.patchbay.server.fuzz;

import static dev.patchbay.server.fuzz.RawSocket.BINARY;
import static dev.patchbay.server.fuzz.RawSocket.CLOSE;
import static dev.patchbay.server.fuzz.RawSocket.CONTINUATION;
import static dev.patchbay.server.fuzz.RawSocket.FIN;
import static dev.patchbay.server.fuzz.RawSocket.PING;
import static dev.patchbay.server.fuzz.RawSocket.PONG;
import static dev.patchbay.server.fuzz.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/live` against RFC 6455, section by section. What a documented limit refuses (long frames, binary) is refused with
/// the code that the document says.
class WebSocketConformanceTest {
    private static final TestServer SERVER = TestServer.start();
    private static final TestServer.TestUser USER = SERVER.company("Acme").user(Role.AGENT);
    private static final int FIN_TEXT = FIN | TEXT;

    private RawSocket socket;

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void open() throws IOException {
        socket = RawSocket.open(SERVER.url());
        socket.send(
                FIN_TEXT,
                Json.write(Map.of("type", "hello", "token", USER.again().token())));
        assertThat(reply()).contains("\"welcome\"");
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    private static String ping(String id) {
        return "{\"type\":\"ping\",\"id\":\"" + id + "\"}";
    }

    /// The next text that is not an event of somebody's coming.
    private String reply() throws IOException {
        while (true) {
            RawSocket.Frame frame = socket.answer().orElseThrow();
            if (frame.opcode() == TEXT && !frame.text().contains("\"seq\":") || frame.opcode() != TEXT) {
                return frame.opcode() == TEXT ? frame.text() : "frame " + frame.opcode() + " " + frame.code();
            }
            if (frame.text().contains("\"welcome\"")) {
                return frame.text();
            }
        }
    }

    private void livesOn() throws IOException {
        socket.send(FIN_TEXT, ping("alive"));
        assertThat(reply()).contains("\"to\":\"alive\"");
    }

    private byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // 4: the opening handshake

    @Test
    void theHandshakeIsAnsweredWithTheRightAccept() {
        assertThat(socket.head())
                .startsWith("HTTP/1.1 101")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(socket.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("permessage-deflate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13",
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 12|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Connection: close|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void aHandshakeThatLacksSomethingIsRefused(String headers) throws IOException {
        try (RawSocket bad = new RawSocket(SERVER.url(), List.of(headers.split("\\|")))) {
            assertThat(bad.head()).startsWith("HTTP/1.1 4");
        }
    }

    // 5.1, 5.2: framing

    @Test
    void aFrameWithoutMaskFailsTheConnection() throws IOException {
        socket.raw(RawSocket.frame(FIN_TEXT, utf8(ping("1")), false));
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
    void aReservedBitFailsTheConnection(int bits) throws IOException {
        socket.send(FIN_TEXT | bits, ping("1"));
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void anUnknownOpcodeFailsTheConnection(int opcode) throws IOException {
        socket.send(FIN | opcode, "x");
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 1000, 65_000})
    void everyFormOfLengthIsRead(int blanks) throws IOException {
        socket.send(FIN_TEXT, " ".repeat(blanks) + ping("long"));
        assertThat(reply()).contains("\"to\":\"long\"");
    }

    @Test
    void aFrameLongerThanTheLimitIsRefusedAsTooBig() throws IOException {
        socket.send(FIN_TEXT, " ".repeat(65_537));
        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    @Test
    void fragmentsThatAreLongTogetherAreRefusedAsTooBig() throws IOException {
        socket.send(TEXT, " ".repeat(40_000)).send(CONTINUATION, " ".repeat(40_000));
        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    @Test
    void aLengthThatNoFrameHasIsRefusedBeforeItIsSent() throws IOException {
        socket.raw(new byte[] {(byte) FIN_TEXT, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4});
        assertThat(socket.closeCode()).isIn(1002, 1009);
    }

    @Test
    void aNegativeLengthIsRefused() throws IOException {
        socket.raw(new byte[] {(byte) FIN_TEXT, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4});
        assertThat(socket.closeCode()).isIn(1002, 1009, 1006);
    }

    @Test
    void aFrameThatComesByteByByteIsRead() throws IOException {
        for (byte one : RawSocket.frame(FIN_TEXT, utf8(ping("drip")), true)) {
            socket.raw(new byte[] {one});
        }
        assertThat(reply()).contains("\"to\":\"drip\"");
    }

    @Test
    void twoFramesInOnePacketAreBothRead() throws IOException {
        byte[] one = RawSocket.frame(FIN_TEXT, utf8(ping("one")), true);
        byte[] two = RawSocket.frame(FIN_TEXT, utf8(ping("two")), true);
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        socket.raw(both);
        assertThat(reply()).contains("\"to\":\"one\"");
        assertThat(reply()).contains("\"to\":\"two\"");
    }

    @Test
    void binaryIsRefusedAsUnsupported() throws IOException {
        socket.send(FIN | BINARY, new byte[] {1, 2, 3});
        assertThat(socket.closeCode()).isEqualTo(1003);
    }

    // 5.4: fragmentation

    @Test
    void fragmentsMakeOneMessage() throws IOException {
        String text = ping("parts");
        socket.send(TEXT, text.substring(0, 5)).send(CONTINUATION, "").send(CONTINUATION, text.substring(5, 9));
        socket.send(FIN | CONTINUATION, text.substring(9));
        assertThat(reply()).contains("\"to\":\"parts\"");
    }

    @Test
    void aPingBetweenFragmentsIsAnsweredAtOnce() throws IOException {
        String text = ping("between");
        socket.send(TEXT, text.substring(0, 5)).send(FIN | PING, "are you there?");
        RawSocket.Frame pong = socket.answer().orElseThrow();
        while (pong.opcode() == TEXT) {
            pong = socket.answer().orElseThrow();
        }
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.text()).isEqualTo("are you there?");
        socket.send(FIN | CONTINUATION, text.substring(5));
        assertThat(reply()).contains("\"to\":\"between\"");
    }

    @Test
    void aContinuationOfNothingFailsTheConnection() throws IOException {
        socket.send(FIN | CONTINUATION, "x");
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    @Test
    void aNewMessageInsideAnotherFailsTheConnection() throws IOException {
        socket.send(TEXT, "{").send(FIN_TEXT, "{}");
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    // 5.5: control frames

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void aPingIsEchoed(int length) throws IOException {
        socket.send(FIN | PING, "p".repeat(length));
        RawSocket.Frame pong = socket.answer().orElseThrow();
        while (pong.opcode() == TEXT) {
            pong = socket.answer().orElseThrow();
        }
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.text()).isEqualTo("p".repeat(length));
    }

    @Test
    void aPongThatNobodyAskedForIsIgnored() throws IOException {
        socket.send(FIN | PONG, "here");
        livesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG, CLOSE})
    void aControlFrameOfMoreThan125BytesFailsTheConnection(int opcode) throws IOException {
        socket.send(FIN | opcode, "x".repeat(126));
        assertThat(socket.closeCode()).isIn(1002, 1009);
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG, CLOSE})
    void aControlFrameInFragmentsFailsTheConnection(int opcode) throws IOException {
        socket.send(opcode, "");
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    // 5.6, 8.1: text is UTF-8

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c3 28",
                "a0 a1",
                "e2 28 a1",
                "f0 28 8c bc",
                "c0 80",
                "ed a0 80",
                "f4 90 80 80",
                "ff",
                "fe",
                "c3",
                "f8 88 80 80 80"
            })
    void whatIsNoUtf8FailsTheConnection(String hex) throws IOException {
        socket.send(FIN_TEXT, java.util.HexFormat.ofDelimiter(" ").parseHex(hex));
        assertThat(socket.closeCode()).isEqualTo(1007);
    }

    @Test
    void aCharacterSplitBetweenFragmentsIsOneCharacter() throws IOException {
        byte[] text = utf8("{\"type\":\"ping\",\"id\":\"split\",\"data\":{\"x\":\"😀é\"}}");
        int middle = new String(text, StandardCharsets.ISO_8859_1).indexOf((char) 0xf0) + 2;
        socket.send(TEXT, Arrays.copyOfRange(text, 0, middle));
        socket.send(FIN | CONTINUATION, Arrays.copyOfRange(text, middle, text.length));
        assertThat(reply()).contains("\"to\":\"split\"");
    }

    @Test
    void whatIsNoUtf8AcrossFragmentsFailsTheConnection() throws IOException {
        socket.send(TEXT, new byte[] {(byte) 0xf0, (byte) 0x9f}).send(FIN | CONTINUATION, new byte[] {0x28});
        assertThat(socket.closeCode()).isEqualTo(1007);
    }

    // 5.5.1, 7.4: closing

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1008, 1009, 1011, 3000, 3999, 4000, 4999})
    void aCloseIsAnsweredWithItsCode(int code) throws IOException {
        socket.send(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
        assertThat(socket.closeCode()).isEqualTo(code);
        assertThat(socket.next()).isEmpty();
    }

    @Test
    void aCloseWithoutACodeIsAnswered() throws IOException {
        socket.send(FIN | CLOSE, "");
        assertThat(socket.closeCode()).isIn(1000, 1005);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 5000, 65_535})
    void aCodeThatMustNotBeSentFailsTheConnection(int code) throws IOException {
        socket.send(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
        assertThat(socket.closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @CsvSource({"03, 1002", "03e8 c328, 1007"})
    void aCloseThatIsHalfACodeOrGivesNoTextAsReasonFailsTheConnection(String hex, int code) throws IOException {
        socket.send(FIN | CLOSE, java.util.HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(socket.closeCode()).isIn(code, 1002);
    }

    @Test
    void whatComesAfterACloseIsIgnored() throws IOException {
        socket.send(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) 1000).array());
        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.next()).isEmpty();
    }
}
