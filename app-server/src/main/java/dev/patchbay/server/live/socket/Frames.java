package dev.patchbay.server.live.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Frames of a server: whole, without a mask (RFC 6455 section 5.2).
public final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /// A control frame's content is no longer (section 5.5).
    static final int CONTROL_BYTES = 125;

    /// No head of a frame is longer.
    public static final int HEAD_BYTES = 10;

    private static final int FINAL = 0x80;

    private Frames() {}

    /// A text frame.
    public static ByteBuffer text(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + utf8.length);
        putText(frame, utf8);
        return frame.flip();
    }

    /// Adds a text frame to others.
    ///
    /// @param frames with room for the text and [#HEAD_BYTES]
    public static void putText(ByteBuffer frames, byte[] utf8) {
        put(frames, TEXT, utf8);
    }

    static ByteBuffer control(int opcode, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(2 + content.length);
        put(frame, opcode, content);
        return frame.flip();
    }

    /// @param reason cut to what a close frame can hold
    static ByteBuffer close(int code, String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int length = utf8.length;
        if (length > CONTROL_BYTES - 2) {
            length = CONTROL_BYTES - 2;
            // Not in the middle of a character.
            while ((utf8[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        byte[] content = new byte[2 + length];
        content[0] = (byte) (code >> 8);
        content[1] = (byte) code;
        System.arraycopy(utf8, 0, content, 2, length);
        return control(CLOSE, content);
    }

    private static void put(ByteBuffer frames, int opcode, byte[] content) {
        frames.put((byte) (FINAL | opcode));
        if (content.length <= CONTROL_BYTES) {
            frames.put((byte) content.length);
        } else if (content.length <= 0xffff) {
            frames.put((byte) 126).putShort((short) content.length);
        } else {
            frames.put((byte) 127).putLong(content.length);
        }
        frames.put(content);
    }
}
