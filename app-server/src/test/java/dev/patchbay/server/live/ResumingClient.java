package dev.patchbay.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/// A console that stays: when its socket breaks, falls silent or is closed, it comes back after a random moment, at the
/// next of its addresses, and asks for what it missed. It keeps the numbers of all events, and how long each gap
/// lasted.
public final class ResumingClient implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final List<URI> addresses;
    private final String token;
    private final Thread thread;
    // Written by the one thread that reads the socket of the moment.
    private final List<Long> numbers = new ArrayList<>();
    private final List<Duration> gaps = new CopyOnWriteArrayList<>();
    private final List<Integer> codes = new CopyOnWriteArrayList<>();
    private final List<Long> returns = new CopyOnWriteArrayList<>();
    private final List<String> wrongs = new CopyOnWriteArrayList<>();
    private volatile long last = -1;
    private volatile long lostAt;
    private volatile long welcomedTo = -1;
    private volatile boolean open = true;
    private volatile Socket socket;

    /// @param addresses of servers, without a path; used in turn
    public ResumingClient(List<URI> addresses, String token) {
        this.addresses = List.copyOf(addresses);
        this.token = token;
        this.thread = Thread.ofVirtual().start(this::stay);
    }

    private final class Socket extends WebSocketClient {
        Socket(URI uri) {
            super(uri);
            // Pings, and closes a line on which no pong comes.
            setConnectionLostTimeout(2);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            Map<String, Object> hello = new HashMap<>(Map.of("type", "hello", "token", token));
            if (last >= 0) {
                hello.put("after", last);
            }
            send(Json.write(hello));
        }

        @Override
        public void onMessage(String text) {
            try {
                heard(Json.MAPPER.readTree(text));
            } catch (JsonProcessingException e) {
                wrongs.add("no JSON: " + text);
            }
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            codes.add(code);
            lost();
        }

        @Override
        public void onError(Exception e) {}
    }

    private synchronized void heard(JsonNode frame) {
        String type = frame.path("type").asText();
        if (type.equals("welcome")) {
            returns.add(System.nanoTime());
            long seq = frame.path("seq").asLong();
            if (last < 0) {
                last = seq;
            } else if (!frame.path("resumed").asBoolean()) {
                wrongs.add("not resumed after " + last + ": " + frame);
            }
            welcomedTo = seq;
        } else if (type.equals("reset")) {
            wrongs.add("reset");
        } else if (frame.has("seq")) {
            long seq = frame.path("seq").asLong();
            if (seq <= last) {
                wrongs.add(seq + " after " + last);
            }
            last = seq;
            numbers.add(seq);
        }
        if (lostAt != 0 && welcomedTo >= 0 && last >= welcomedTo) {
            gaps.add(Duration.ofNanos(System.nanoTime() - lostAt));
            lostAt = 0;
        }
    }

    private synchronized void lost() {
        welcomedTo = -1;
        if (lostAt == 0 && last >= 0) {
            lostAt = System.nanoTime();
        }
    }

    private void stay() {
        for (int turn = 0; open; turn++) {
            URI address = addresses.get(turn % addresses.size());
            socket = new Socket(URI.create(address.toString().replaceFirst("^http", "ws") + "/live"));
            try {
                if (socket.connectBlocking(2, TimeUnit.SECONDS)) {
                    while (open && socket.isOpen()) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                    }
                }
                socket.closeConnection(1006, "given up");
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS)));
        }
    }

    /// Whether it has been welcomed and knows its place.
    public boolean isThere() {
        return welcomedTo >= 0;
    }

    public long last() {
        return last;
    }

    /// The numbers of what it was told, in the order of arrival.
    public synchronized List<Long> numbers() {
        return List.copyOf(numbers);
    }

    /// From losing the line to having all that was missed, each time.
    public List<Duration> gaps() {
        return gaps;
    }

    /// Close codes, each time.
    public List<Integer> codes() {
        return codes;
    }

    /// When it was welcomed, in nanoseconds of [System#nanoTime].
    public List<Long> returns() {
        return returns;
    }

    /// Repetitions, gaps that the server admitted, and what could not be read.
    public List<String> wrongs() {
        return wrongs;
    }

    @Override
    public void close() {
        open = false;
        Socket now = socket;
        if (now != null) {
            now.close();
        }
        thread.interrupt();
    }
}
