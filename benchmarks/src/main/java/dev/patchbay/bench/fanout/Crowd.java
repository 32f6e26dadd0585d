package dev.patchbay.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// Many WebSocket clients on one thread: no more of RFC 6455 than both servers need, so that the clients cost little
// and
/// the same for both.
///
/// An event carries `stamp-` and the nanosecond at which it was ordered; a client notes how long it took.
final class Crowd implements AutoCloseable {
    private static final byte[] MARK = "stamp-".getBytes(StandardCharsets.US_ASCII);

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
    private final List<SocketChannel> deaf = new ArrayList<>();
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
            SocketChannel channel = upgrade();
            Client client = new Client(i, channel);
            say(channel, dialect.greeting(i));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, client);
            selector.wakeup();
        }
    }

    /// Connects clients that are welcomed and then never read.
    void joinDeaf(int first, int count) throws IOException, InterruptedException {
        for (int i = first; i < first + count; i++) {
            SocketChannel channel = upgrade();
            say(channel, dialect.greeting(i));
            // socket.io's clients answer its first frame; deaf ones answer unseen.
            say(channel, dialect.answer(i, "0{}"));
            deaf.add(channel);
        }
    }

    private SocketChannel upgrade() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        String request = "GET " + dialect.path() + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        // Byte by byte, so that no frame behind the answer is swallowed.
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("the server hung up: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head);
        }
        return channel;
    }

    private static void say(SocketChannel channel, String text) throws IOException {
        if (!text.isEmpty()) {
            send(channel, 1, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A frame masked with zeros (RFC 6455 section 5.2).
    private static void send(SocketChannel channel, int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
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
        if (opcode == 9) {
            byte[] payload = new byte[length];
            in.get(start + head, payload);
            send(client.channel, 10, payload);
        } else if (opcode == 1) {
            text(client, in.array(), start + head, length);
        }
        return true;
    }

    private void text(Client client, byte[] bytes, int offset, int length) throws IOException {
        long stamp = stamp(bytes, offset, offset + length);
        if (stamp > 0) {
            latencies.recordValue(Math.max(0, System.nanoTime() - stamp) / 1_000);
            received.incrementAndGet();
            return;
        }
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (!client.welcome && dialect.isWelcome(text)) {
            client.welcome = true;
            welcomed.incrementAndGet();
        }
        say(client.channel, dialect.answer(client.number, text));
    }

    private static long stamp(byte[] bytes, int from, int to) {
        for (int i = from; i < to - MARK.length; i++) {
            int matched = 0;
            while (matched < MARK.length && bytes[i + matched] == MARK[matched]) {
                matched++;
            }
            if (matched == MARK.length) {
                long value = 0;
                for (int j = i + matched; j < to && bytes[j] >= '0' && bytes[j] <= '9'; j++) {
                    value = value * 10 + bytes[j] - '0';
                }
                return value;
            }
        }
        return 0;
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
        for (SocketChannel channel : deaf) {
            channel.close();
        }
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
