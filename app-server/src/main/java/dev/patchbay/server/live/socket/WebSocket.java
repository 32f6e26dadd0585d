package dev.patchbay.server.live.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket. Sending and closing work on any thread and never block, except [#awaitEmpty].
///
/// Reading stops after each message until [#resume()]: messages of one socket are worked on one after the other, and a
/// client that floods is slowed by TCP.
public final class WebSocket extends AbstractConnection implements Connection.UpgradeTo {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);
    private static final int READ_BYTES = 4_096;
    private static final int KERNEL_BYTES = 128 * 1_024;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final ByteBufferPool buffers;
    private final Conversation conversation;
    private final FrameReader reader;
    private final Outbox outbox;
    private final int mostWaiting;
    private final AtomicBoolean closeSent = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Callback fillable =
            Callback.from(Invocable.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);
    /// What the client sends is dropped: it broke the protocol, or has said good-bye.
    private volatile boolean deaf;
    private volatile int closeCode = 1006;

    /// @param mostBytes the longest message that a client may send
    /// @param mostWaiting how many frames may wait for a client that reads slowly
    WebSocket(
            EndPoint endPoint,
            Executor executor,
            ByteBufferPool buffers,
            Conversation conversation,
            int mostBytes,
            int mostWaiting) {
        super(endPoint, executor);
        this.buffers = buffers;
        this.conversation = conversation;
        this.mostWaiting = mostWaiting;
        reader = new FrameReader(mostBytes);
        outbox = new Outbox(endPoint);
        limitKernel(endPoint);
    }

    /// Left alone, the kernel would keep up to 4 MB for a client that does not read.
    private static void limitKernel(EndPoint endPoint) {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BYTES);
            } catch (IOException e) {
                LOG.debug("a socket keeps the system's send buffer", e);
            }
        }
    }

    @Override
    public void onUpgradeTo(@Nullable ByteBuffer already) {
        if (already != null) {
            reader.add(already);
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // Whoever made the conversation looks after clients that say nothing.
        getEndPoint().setIdleTimeout(-1);
        conversation.opened(this);
        read();
    }

    /// Reads on after a message.
    public void resume() {
        read();
    }

    @Override
    public void onFillable() {
        read();
    }

    private void read() {
        try {
            while (true) {
                if (!deaf && !converse()) {
                    return;
                }
                int count = fill();
                if (count < 0) {
                    disconnect();
                    return;
                }
                if (count == 0) {
                    fillInterested(fillable);
                    return;
                }
            }
        } catch (FrameReader.Broken e) {
            deaf = true;
            close(e.code, String.valueOf(e.getMessage()), _ -> getEndPoint().shutdownOutput());
            read();
        } catch (IOException e) {
            LOG.debug("a socket failed and is gone", e);
            disconnect();
        }
    }

    private int fill() throws IOException {
        RetainableByteBuffer buffer = buffers.acquire(READ_BYTES, true);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            BufferUtil.clear(bytes);
            int count = getEndPoint().fill(bytes);
            if (count > 0 && !deaf) {
                reader.add(bytes);
            }
            return count;
        } finally {
            buffer.release();
        }
    }

    /// Hands on what has come.
    ///
    /// @return false when the conversation has a message and resumes
    private boolean converse() throws FrameReader.Broken {
        for (FrameReader.Message message = reader.next(); message != null; message = reader.next()) {
            switch (message.opcode()) {
                case Frames.TEXT -> {
                    conversation.text(message.text());
                    return false;
                }
                case Frames.BINARY -> conversation.binary();
                case Frames.PONG -> conversation.alive();
                case Frames.PING -> {
                    conversation.alive();
                    send(Frames.control(Frames.PONG, message.content()), 1);
                }
                default -> {
                    goodbye(message.closeCode());
                    return true;
                }
            }
        }
        return true;
    }

    private void goodbye(int code) {
        deaf = true;
        if (closeSent.getAndSet(true)) {
            disconnect();
            return;
        }
        closeCode = code;
        ByteBuffer echo = code == 1005 ? Frames.control(Frames.CLOSE, new byte[0]) : Frames.close(code, "");
        outbox.send(echo, 1, NO_LIMIT, _ -> disconnect());
    }

    /// Sends whole encoded frames, or has them wait.
    ///
    /// @param frames others may be sent the same memory, but not the same buffer object
    /// @param count how many frames these are
    /// @return false when too many wait already: these were not taken
    public boolean send(ByteBuffer frames, int count) {
        return closeSent.get() || outbox.send(frames, count, mostWaiting, Outbox.NOBODY_WAITS);
    }

    /// Waits until the kernel has taken everything that was sent before.
    ///
    /// @return false when it did not in time, or the connection is gone
    public boolean awaitEmpty(long seconds) throws InterruptedException {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        outbox.send(ByteBuffer.allocate(0), 0, NO_LIMIT, left::complete);
        try {
            return left.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /// Asks for a sign of life.
    public void ping() {
        send(Frames.control(Frames.PING, new byte[0]), 1);
    }

    /// Says why and closes, behind what waits already. Whoever asked disconnects a client that does not answer.
    public void close(int code, String reason) {
        close(code, reason, Outbox.NOBODY_WAITS);
    }

    private void close(int code, String reason, Consumer<Boolean> left) {
        if (!closeSent.getAndSet(true)) {
            closeCode = code;
            outbox.send(Frames.close(code, reason), 1, NO_LIMIT, left);
        }
    }

    /// Cuts the connection.
    public void disconnect() {
        outbox.close();
        getEndPoint().close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        outbox.close();
        if (!over.getAndSet(true)) {
            conversation.closed(closeCode);
        }
    }
}
