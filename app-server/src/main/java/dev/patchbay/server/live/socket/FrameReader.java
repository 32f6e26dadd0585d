package dev.patchbay.server.live.socket;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes a client's frames out of the bytes that come and puts messages together (RFC 6455 sections 5.2 to 5.7). Holds
/// memory only while something is incomplete. Used by one thread at a time.
final class FrameReader {
    private static final byte[] NOTHING = {};

    /// The longest message.
    private final int most;
    /// What has come and was not taken; the first `taken` bytes of it were.
    private byte[] input = NOTHING;
    private int taken;
    private int end;
    /// The parts so far of a message in parts, and its kind; 0 for none under way.
    private byte[] parts = NOTHING;
    private int kind;

    /// A client that breaks the protocol, and the code to close with.
    static final class Broken extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        final int code;

        Broken(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    /// A control frame or a message put together.
    ///
    /// @param opcode [Frames#TEXT], [Frames#BINARY], [Frames#CLOSE], [Frames#PING] or [Frames#PONG]
    record Message(int opcode, byte[] content) {
        /// @throws Broken 1007 when it is no UTF-8
        String text() throws Broken {
            return utf8(content, 0);
        }

        /// A close frame's code; 1005 when it has none.
        ///
        /// @throws Broken when the code may not be sent, or the reason is no UTF-8
        int closeCode() throws Broken {
            if (content.length == 0) {
                return 1005;
            }
            int code = content.length == 1 ? 0 : (content[0] & 0xff) << 8 | content[1] & 0xff;
            // Section 7.4 and IANA's registry.
            boolean registered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
            if (!registered && (code < 3000 || code > 4999)) {
                throw new Broken(1002, "no such close code");
            }
            utf8(content, 2);
            return code;
        }

        private static String utf8(byte[] bytes, int from) throws Broken {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new Broken(1007, "no UTF-8");
            }
        }
    }

    FrameReader(int most) {
        this.most = most;
    }

    void add(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (input.length - end < count) {
            int waiting = end - taken;
            byte[] larger = input.length - waiting >= count ? input : new byte[Math.max(waiting + count, waiting * 2)];
            System.arraycopy(input, taken, larger, 0, waiting);
            input = larger;
            taken = 0;
            end = waiting;
        }
        bytes.get(input, end, count);
        end += count;
    }

    /// The next control frame or whole message; null when more bytes are needed.
    @Nullable
    Message next() throws Broken {
        while (true) {
            int waiting = end - taken;
            if (waiting < 2) {
                return nothing();
            }
            int first = input[taken] & 0xff;
            int opcode = first & 0x0f;
            boolean isFinal = (first & 0x80) != 0;
            int length = input[taken + 1] & 0x7f;
            check(first, opcode, isFinal, length);
            int head = 6;
            if (length == 126) {
                head = 8;
            } else if (length == 127) {
                head = 14;
            }
            if (waiting >= head - 4 && length > Frames.CONTROL_BYTES) {
                length = length(head - 6);
            }
            if (waiting < head || waiting - head < length) {
                return nothing();
            }
            byte[] content = unmasked(head, length);
            taken += head + length;
            Message message = message(opcode, isFinal, content);
            if (message != null) {
                if (taken == end) {
                    nothing();
                }
                return message;
            }
        }
    }

    private @Nullable Message nothing() {
        if (taken == end) {
            input = NOTHING;
            taken = 0;
            end = 0;
        }
        return null;
    }

    private void check(int first, int opcode, boolean isFinal, int length) throws Broken {
        if ((first & 0x70) != 0) {
            throw new Broken(1002, "a reserved bit is set");
        }
        if ((input[taken + 1] & 0x80) == 0) {
            throw new Broken(1002, "a client's frame has a mask");
        }
        switch (opcode) {
            case Frames.CONTINUATION -> {
                if (kind == 0) {
                    throw new Broken(1002, "a continuation of nothing");
                }
            }
            case Frames.TEXT, Frames.BINARY -> {
                if (kind != 0) {
                    throw new Broken(1002, "a message inside another");
                }
            }
            case Frames.CLOSE, Frames.PING, Frames.PONG -> {
                if (!isFinal || length > Frames.CONTROL_BYTES) {
                    throw new Broken(1002, "a control frame is short and whole");
                }
            }
            default -> throw new Broken(1002, "no such opcode");
        }
    }

    /// @param bytes 2 or 8, behind the first two
    private int length(int bytes) throws Broken {
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | input[taken + 2 + i] & 0xff;
        }
        if (length < 0 || length + parts.length > most) {
            throw new Broken(1009, "a message has at most " + most + " bytes");
        }
        return (int) length;
    }

    private byte[] unmasked(int head, int length) {
        int start = taken + head;
        byte[] content = Arrays.copyOfRange(input, start, start + length);
        for (int i = 0; i < length; i++) {
            content[i] ^= input[start - 4 + (i & 3)];
        }
        return content;
    }

    private @Nullable Message message(int opcode, boolean isFinal, byte[] content) throws Broken {
        if (opcode >= Frames.CLOSE) {
            return new Message(opcode, content);
        }
        int begun = opcode == Frames.CONTINUATION ? kind : opcode;
        if (parts.length + content.length > most) {
            throw new Broken(1009, "a message has at most " + most + " bytes");
        }
        byte[] whole = content;
        if (parts.length > 0) {
            whole = Arrays.copyOf(parts, parts.length + content.length);
            System.arraycopy(content, 0, whole, parts.length, content.length);
        }
        if (!isFinal) {
            kind = begun;
            parts = whole;
            return null;
        }
        kind = 0;
        parts = NOTHING;
        return new Message(begun, whole);
    }
}
