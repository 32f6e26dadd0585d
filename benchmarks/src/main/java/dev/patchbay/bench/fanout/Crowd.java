package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// Many WebSocket clients on one thread: no more of RFC 6455 than both servers need, so that the clients cost little
/// and the same for both.
///
/// An event carries [#MARK] and, as `at`, the millisecond at which the server made it; a client notes how long it took
/// from there. Servers and clients share the machine's clock.
final class Crowd implements AutoCloseable {
    static final String MARK = "fan-out-";
    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.US_ASCII);

    /// What a server's clients say and answer.
    interface Dialect {
        String path();

        /// Called for each text frame, until the client is in.
        ///
        /// @return what to send in answer; empty for nothing
        String answer(int client, String frame);

        /// What a client says first; empty for nothing.
        String greeting(int client);

        /// Whether this frame says that the client will get events.
        boolean isWelcome(String frame);

        /// What a client says to count as alive, unasked; empty for a WebSocket pong.
        String alive();
    }

    private static final class Client {
        final int number;
        final SocketChannel channel;
        ByteBuffer in = ByteBuffer.allocate(8_192);
        boolean welcome;

        Client(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }
    }

    private final URI server;
    private final Dialect dialect;
    private final Selector selector = Selector.open();
    private final AtomicInteger welcomed = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger lost = new AtomicInteger();
    private final Thread reader;
    private volatile Histogram latencies = new Histogram(3);
    private volatile boolean open = true;

    Crowd(URI server, Dialect dialect) throws IOException {
        this.server = server;
        this.dialect = dialect;
        this.reader = Thread.ofPlatform().name("crowd").daemon().start(this::read);
    }

    /// Connects clients that read.
    void join(int first, int count) throws IOException {
        for (int i = first; i < first + count; i++) {
            SocketChannel channel = Wire.upgrade(server, dialect.path());
            Client client = new Client(i, channel);
            Wire.say(channel, dialect.greeting(i));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, client);
            selector.wakeup();
        }
    }

    private void read() {
        while (open) {
            try {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(SelectionKey key) {
        if (!(key.attachment() instanceof Client client)) {
            return;
        }
        try {
            if (client.channel.read(client.in) < 0) {
                throw new IOException("closed");
            }
            client.in.flip();
            while (frame(client)) {
                // Every whole frame that has come.
            }
            client.in.compact();
            if (!client.in.hasRemaining()) {
                ByteBuffer larger = ByteBuffer.allocate(client.in.capacity() * 2);
                client.in.flip();
                client.in = larger.put(client.in);
            }
        } catch (IOException e) {
            key.cancel();
            lost.incrementAndGet();
        }
    }

    /// Takes one frame off the buffer.
    ///
    /// @return false when it has not come whole
    private boolean frame(Client client) throws IOException {
        ByteBuffer in = client.in;
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int opcode = in.get(start) & 0x0f;
        int length = in.get(start + 1) & 0x7f;
        int head = 2;
        if (length == 126) {
            if (in.remaining() < 4) {
                return false;
            }
            length = in.getShort(start + 2) & 0xffff;
            head = 4;
        } else if (length == 127) {
            throw new IOException("a frame longer than this client reads");
        }
        if (in.remaining() < head + length) {
            return false;
        }
        in.position(start + head + length);
        if (opcode == Wire.PING) {
            byte[] payload = new byte[length];
            in.get(start + head, payload);
            Wire.send(client.channel, Wire.PONG, payload);
        } else if (opcode == Wire.TEXT) {
            text(client, in.array(), start + head, length);
        }
        return true;
    }

    private void text(Client client, byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        if (after(MARK_BYTES, bytes, offset, end) >= 0) {
            latencies.recordValue(microsecondsSince(bytes, after(AT, bytes, offset, end), end));
            received.incrementAndGet();
            return;
        }
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (!client.welcome && dialect.isWelcome(text)) {
            client.welcome = true;
            welcomed.incrementAndGet();
        }
        Wire.say(client.channel, dialect.answer(client.number, text));
    }

    private static long microsecondsSince(byte[] bytes, int from, int end) throws IOException {
        int to = from;
        while (from >= 0 && to < end && bytes[to] != '"') {
            to++;
        }
        if (to <= from) {
            throw new IOException("an event without its time");
        }
        Instant at = Instant.parse(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        return Math.max(0, ChronoUnit.MICROS.between(at, Instant.now()));
    }

    /// @return the index behind the first occurrence; -1 without one
    private static int after(byte[] sought, byte[] bytes, int from, int to) {
        for (int i = from; i <= to - sought.length; i++) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i + sought.length;
            }
        }
        return -1;
    }

    int welcomed() {
        return welcomed.get();
    }

    long received() {
        return received.get();
    }

    /// Clients that the server closed.
    int lost() {
        return lost.get();
    }

    /// What was measured since the last call, in microseconds. Call it when nothing is under way.
    Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = new Histogram(3);
        return taken;
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
