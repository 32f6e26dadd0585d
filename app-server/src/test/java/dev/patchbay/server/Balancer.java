package dev.patchbay.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A load balancer as there are many: passes each connection to the next node whose `/health` answers 200, asked ten
/// times a second. It knows nothing of requests: what a node cuts is cut.
public final class Balancer implements AutoCloseable {
    private static final long PAUSE_NANOS = 100_000_000;

    private final List<URI> nodes;
    private final Set<URI> healthy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final ServerSocket listener;

    public Balancer(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        try {
            listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nodes.forEach(this::look);
        nodes.forEach(node -> Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                look(node);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }));
        Thread.ofVirtual().start(this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// Whether a node is given connections.
    public boolean sees(URI node) {
        return healthy.contains(node);
    }

    private void look(URI node) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getPort()), 500);
            socket.setSoTimeout(2_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes(12);
            if (new String(head, StandardCharsets.US_ASCII).endsWith(" 200")) {
                healthy.add(node);
            } else {
                healthy.remove(node);
            }
        } catch (IOException e) {
            healthy.remove(node);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Thread.ofVirtual().start(() -> serve(near));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket near) {
        for (int tried = 0; tried < 2 * nodes.size(); tried++) {
            URI node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            if (!healthy.contains(node)) {
                continue;
            }
            Socket far = new Socket();
            try {
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getPort()), 500);
            } catch (IOException e) {
                drop(far);
                continue;
            }
            Thread.ofVirtual().start(() -> pass(near, far));
            pass(far, near);
            return;
        }
        drop(near);
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // Cut by one of the ends: the other is told.
            drop(from);
            drop(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone: that was the aim.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
