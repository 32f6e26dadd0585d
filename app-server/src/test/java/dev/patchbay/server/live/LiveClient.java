package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/// A console on a real socket that keeps what it is sent.
public final class LiveClient implements AutoCloseable {
    private static final long LIMIT_SECONDS = 20;
    private static final AtomicInteger IDS = new AtomicInteger();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final Consumer<JsonNode> reader;
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final Socket socket;

    private final class Socket extends WebSocketClient {
        Socket(URI uri) {
            super(uri);
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String text) {
            try {
                reader.accept(Json.MAPPER.readTree(text));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the server sent what is no JSON: " + text, e);
            }
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            closed.add(code);
        }

        @Override
        public void onError(Exception e) {}
    }

    public LiveClient(URI uri) {
        this.reader = frames::add;
        socket = new Socket(uri);
    }

    /// A console that looks at each frame as it comes, on the thread that reads the socket, and keeps none: for tests
    /// with more frames than should lie in memory.
    public LiveClient(URI uri, Consumer<JsonNode> reader) {
        this.reader = reader;
        socket = new Socket(uri);
    }

    public LiveClient open() {
        try {
            assertThat(socket.connectBlocking(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return this;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void say(Object frame) {
        socket.send(Json.write(frame));
    }

    public void sayRaw(String text) {
        socket.send(text);
    }

    public void sayBinary(byte[] bytes) {
        socket.send(bytes);
    }

    public record Sent(String type, String id, @Nullable Object data) {}

    /// Sends a command and waits for its reply or error.
    public JsonNode ask(String type, @Nullable Object data) {
        return ask(type, "c-" + IDS.incrementAndGet(), data);
    }

    public JsonNode ask(String type, String id, @Nullable Object data) {
        say(new Sent(type, id, data));
        return awaitThat(
                "the answer to " + type, frame -> frame.path("to").asText().equals(id));
    }

    /// The next frame of this type; those before it are passed over.
    public JsonNode await(String type) {
        return awaitThat(type, frame -> frame.path("type").asText().equals(type));
    }

    public JsonNode awaitThat(String what, Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<JsonNode> passed = new ArrayList<>();
        while (System.nanoTime() < end) {
            JsonNode frame = next(end - System.nanoTime());
            if (frame == null) {
                break;
            }
            if (wanted.test(frame)) {
                return frame;
            }
            passed.add(frame);
        }
        throw new AssertionError("did not come: " + what + ", but " + passed + ", closed " + closed);
    }

    /// The next frame, or null when none comes in time.
    public @Nullable JsonNode next(long nanos) {
        try {
            return frames.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What has come so far and was not awaited, in order.
    public List<JsonNode> drain() {
        List<JsonNode> drained = new ArrayList<>();
        frames.drainTo(drained);
        return drained;
    }

    /// Waits until the socket is closed.
    ///
    /// @return the close code
    public int awaitClose() {
        try {
            Integer code = closed.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(code).as("close code").isNotNull();
            return code;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    /// Cuts the line without a good-bye.
    public void cut() {
        try {
            socket.getSocket().close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
