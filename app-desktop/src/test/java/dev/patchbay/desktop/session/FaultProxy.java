package dev.patchbay.desktop.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Stands between a client and a server, and misbehaves as networks do: cuts, resets, falls silent, is slow.
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket front;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;

    /// @param target port on this machine
    public FaultProxy(int target) throws IOException {
        this.target = target;
        front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    public int port() {
        return front.getLocalPort();
    }

    /// Connections that were turned away so far.
    public int refused() {
        return refused.get();
    }

    public int accepted() {
        return accepted.get();
    }

    /// Ends every connection and lets no new one through, until [#mend].
    public void cut() {
        refusing = true;
        reset();
    }

    /// Ends every connection by RST; new ones go through.
    public void reset() {
        open.forEach(FaultProxy::abort);
    }

    /// Connections stay, and nothing passes them any more; new ones are taken and stay silent too, until [#mend].
    public void fallSilent() {
        silent = true;
    }

    public void slow(Duration each) {
        delay = each;
    }

    /// All is well for new connections. Those that fell silent stay so: their bytes are gone.
    public void mend() {
        refusing = false;
        silent = false;
        delay = Duration.ZERO;
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                if (refusing) {
                    refused.incrementAndGet();
                    abort(client);
                    continue;
                }
                accepted.incrementAndGet();
                Socket server = connected(client);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                pump(client, server);
                pump(server, client);
            } catch (IOException e) {
                refused.incrementAndGet();
            }
        }
    }

    /// A server that is away is away for the client too.
    private Socket connected(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            abort(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            boolean lost = false;
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] bytes = new byte[16_384];
                int count = in.read(bytes);
                while (count >= 0) {
                    lost |= silent;
                    if (!lost) {
                        if (delay.isPositive()) {
                            LockSupport.parkNanos(delay.toNanos());
                        }
                        out.write(bytes, 0, count);
                    }
                    count = in.read(bytes);
                }
            } catch (IOException e) {
                // One side is gone, so is the other.
            } finally {
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (SocketException alreadyGone) {
            // That is what was wanted.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        reset();
    }
}
