package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Many WebSocket clients on one thread: no more of RFC 6455 than both servers need, so that the clients cost little
/// and the same for both.
///
/// An event carries [#MARK] and its number; a client notes when it had read it, on the monotonic clock that it shares
/// with the servers.
final class Crowd implements AutoCloseable {
    static final String MARK = "fan-out-";
    private static final long AWAKE_NANOS = 100_000;
    private static final byte[] NOTHING = {};
    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

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
        /// What came of a frame that is not whole yet.
        byte[] rest = NOTHING;
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
    private final AtomicInteger lost = new AtomicInteger();
    private final Thread reader;
    /// Shared by all: one is read at a time.
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    /// Where in its frame the last event had its mark: the next one mostly has it there too.
    private int usualMark;
    private volatile Arrivals arrivals = new Arrivals(1 << 14);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
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

    /// When events came, in the order in which they came. Written by the reader, read when nothing is under way.
    static final class Arrivals {
        private int[] numbers;
        private long[] times;
        private int count;

        private Arrivals(int room) {
            numbers = new int[room];
            times = new long[room];
        }

        private void add(int number, long time) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
                times = Arrays.copyOf(times, count * 2);
            }
            numbers[count] = number;
            times[count++] = time;
        }

        int count() {
            return count;
        }

        int number(int index) {
            return numbers[index];
        }

        long time(int index) {
            return times[index];
        }
    }

    private void read() {
        long last = System.nanoTime();
        while (open) {
            try {
                select(last);
                if (!selector.selectedKeys().isEmpty()) {
                    last = System.nanoTime();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Where one came another follows: until a pause the clients look again at once, for else the server would be
    /// charged with waking them for nearly every frame.
    private void select(long last) throws IOException {
        while (open && System.nanoTime() - last < AWAKE_NANOS) {
            if (selector.selectNow() > 0) {
                return;
            }
            Thread.onSpinWait();
        }
        selector.select(100);
    }

    private void read(SelectionKey key) {
        if (!(key.attachment() instanceof Client client)) {
            return;
        }
        try {
            in.clear().put(client.rest);
            client.rest = NOTHING;
            if (client.channel.read(in) < 0) {
                throw new IOException("closed");
            }
            in.flip();
            while (frame(client)) {
                // Every whole frame that has come.
            }
            if (in.hasRemaining()) {
                client.rest = new byte[in.remaining()];
                in.get(client.rest);
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
        if (opcode == Wire.TEXT) {
            text(client, start + head, length);
        } else if (opcode == Wire.PING) {
            byte[] payload = new byte[length];
            in.get(start + head, payload);
            Wire.send(client.channel, Wire.PONG, payload);
        }
        return true;
    }

    private void text(Client client, int offset, int length) throws IOException {
        int mark = mark(offset, length);
        if (mark >= 0) {
            long now = System.nanoTime();
            int number = 0;
            for (int i = offset + mark + MARK_BYTES.length; in.get(i) != '"'; i++) {
                number = number * 10 + in.get(i) - '0';
            }
            usualMark = mark;
            arrivals.add(number, now);
            bytes.lazySet(bytes.get() + length);
            received.lazySet(received.get() + 1);
            return;
        }
        byte[] encoded = new byte[length];
        in.get(offset, encoded);
        String text = new String(encoded, StandardCharsets.UTF_8);
        if (!client.welcome && dialect.isWelcome(text)) {
            client.welcome = true;
            welcomed.incrementAndGet();
        }
        Wire.say(client.channel, dialect.answer(client.number, text));
    }

    /// @return the index of the mark in a frame; -1 without one
    private int mark(int offset, int length) {
        if (isMark(offset, length, usualMark)) {
            return usualMark;
        }
        for (int i = 0; i <= length - MARK_BYTES.length; i++) {
            if (isMark(offset, length, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isMark(int offset, int length, int index) {
        if (index + MARK_BYTES.length > length) {
            return false;
        }
        for (int i = 0; i < MARK_BYTES.length; i++) {
            if (in.get(offset + index + i) != MARK_BYTES[i]) {
                return false;
            }
        }
        return true;
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

    /// Bytes of the events that came, without the heads of their frames.
    long bytes() {
        return bytes.get();
    }

    /// What came since the last call. Call it when nothing is under way.
    Arrivals takeArrivals() {
        Arrivals taken = arrivals;
        arrivals = new Arrivals(1 << 14);
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
