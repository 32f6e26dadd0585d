package dev.patchbay.bench.fanout;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Clients that are let in, say now and then that they live, and read nothing, or a little now and then, until they
/// leave.
///
/// Their receive buffers are small, so that what waits for them waits in the server.
final class DeafCrowd implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4_096;
    private static final int PATIENCE_MILLIS = 2_000;

    /// How the server ended a connection, as its client found when it read at last.
    enum Ending {
        /// With 1013, try again later (IANA's registry of close codes).
        TRY_AGAIN,
        /// Without a word, or with another code.
        OTHERWISE,
        /// Not at all: it is still served.
        SERVED
    }

    private final Crowd.Dialect dialect;
    private final List<SocketChannel> channels = new ArrayList<>();

    /// @param first the number of the first of them, as the dialect counts clients
    DeafCrowd(URI server, Crowd.Dialect dialect, int first, int count) throws IOException {
        this.dialect = dialect;
        for (int i = first; i < first + count; i++) {
            SocketChannel channel = Wire.upgrade(server, dialect.path(), RECEIVE_BUFFER);
            Wire.say(channel, dialect.greeting(i));
            // socket.io's clients answer its first frame; deaf ones answer unseen.
            Wire.say(channel, dialect.answer(i, "0{}"));
            channels.add(channel);
        }
    }

    /// Says for all that they live: else a server drops them for their silence, and not because they do not read.
    void sayAlive() {
        for (SocketChannel channel : channels) {
            try {
                if (dialect.alive().isEmpty()) {
                    Wire.send(channel, Wire.PONG, new byte[0]);
                } else {
                    Wire.say(channel, dialect.alive());
                }
            } catch (IOException _) {
                // Cut off meanwhile; leave() tells how.
            }
        }
    }

    /// Has each of them read a little.
    void sip(int most) throws IOException {
        ByteBuffer mouthful = ByteBuffer.allocate(most);
        for (SocketChannel channel : channels) {
            channel.configureBlocking(false);
            try {
                channel.read(mouthful.clear());
            } catch (IOException _) {
                // Cut off meanwhile.
            } finally {
                channel.configureBlocking(true);
            }
        }
    }

    /// Reads at last what waits, to its end.
    List<Ending> endings() throws IOException {
        List<Ending> endings = new ArrayList<>();
        for (SocketChannel channel : channels) {
            endings.add(ending(channel));
        }
        return endings;
    }

    private static Ending ending(SocketChannel channel) throws IOException {
        channel.socket().setSoTimeout(PATIENCE_MILLIS);
        try {
            DataInputStream in = new DataInputStream(
                    new java.io.BufferedInputStream(channel.socket().getInputStream()));
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                if (length == 126) {
                    length = in.readUnsignedShort();
                }
                if (opcode == Wire.CLOSE) {
                    return length >= 2 && in.readUnsignedShort() == 1013 ? Ending.TRY_AGAIN : Ending.OTHERWISE;
                }
                in.skipNBytes(length);
            }
        } catch (java.net.SocketTimeoutException e) {
            return Ending.SERVED;
        } catch (IOException e) {
            return Ending.OTHERWISE;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
