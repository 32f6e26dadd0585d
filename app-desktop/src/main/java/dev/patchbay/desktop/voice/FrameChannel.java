package dev.patchbay.desktop.voice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lines of UTF-8 over a socket. One thread reads, any may write.
public final class FrameChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(16 * 1024).flip();
    private final ReentrantLock writing = new ReentrantLock();

    public FrameChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /// The next line, without its end; null when the other side is gone.
    ///
    /// @throws IOException when the socket breaks, or a line is longer than [VoiceJson#LONGEST_FRAME]
    public @Nullable String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') return line.toString(StandardCharsets.UTF_8);
                if (line.size() >= VoiceJson.LONGEST_FRAME) throw new IOException("a frame is too long");
                line.write(next);
            }
            in.clear();
            int read = channel.read(in);
            in.flip();
            if (read < 0) return null;
        }
    }

    public void write(String line) throws IOException {
        ByteBuffer out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        writing.lock();
        try {
            while (out.hasRemaining()) channel.write(out);
        } finally {
            writing.unlock();
        }
    }

    /// Wakes a reader and a writer with an exception.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
