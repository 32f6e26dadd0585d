package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A wire between a client and a server that can be cut, or fall silent. Passes TCP through; while it is cut, every
/// connection is closed at once. One virtual thread for each direction.
public final class FaultProxy implements AutoCloseable {
    private static final long PAUSE_NANOS = 10_000_000;

    private final int server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean silent;

    /// @param server the port on this machine that it leads to
    public FaultProxy(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    public String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /// Cuts all connections and lets no new one through.
    public void cut() {
        cut = true;
        open.forEach(FaultProxy::drop);
    }

    /// Connections stay, and nothing comes through: neither side is told.
    public void silence() {
        silent = true;
    }

    public void mend() {
        cut = false;
        silent = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (cut) {
                    drop(near);
                    continue;
                }
                Socket far = new Socket();
                open.add(near);
                open.add(far);
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
                Thread.ofVirtual().start(() -> pass(near, far));
                Thread.ofVirtual().start(() -> pass(far, near));
            } catch (IOException e) {
                // The listener was closed, or the server is away: the browser sees a refused connection either way.
                continue;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8_192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (silent && !from.isClosed()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // Cut on purpose, or closed by one of the ends.
        } finally {
            drop(from);
            drop(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone: that was the aim.
        }
    }
}
