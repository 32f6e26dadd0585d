package dev.patchbay.desktop.console;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One window for a profile: a second start hands its arguments to the first and ends. The lock decides who is first
/// (the system lets go of it however a process ends); the socket only carries the arguments.
public final class OneWindow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OneWindow.class);
    /// What a second start may say.
    private static final int MOST = 64_000;

    private final FileChannel lock;
    private final ServerSocketChannel door;
    private final Path socket;

    private OneWindow(FileChannel lock, ServerSocketChannel door, Path socket) {
        this.lock = lock;
        this.door = door;
        this.socket = socket;
    }

    /// @param called hears the arguments of later starts, on a thread of its own
    /// @return empty when another window of this profile runs; it has the arguments now
    /// @throws UncheckedIOException when the folder cannot be used
    public static Optional<OneWindow> open(
            ConsoleFolder folder, List<String> arguments, Consumer<List<String>> called) {
        Path socket = folder.file("window.sock");
        try {
            FileChannel lock =
                    FileChannel.open(folder.file("window.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                hand(socket, arguments);
                return Optional.empty();
            }
            // Left behind by one that was killed: nobody listens there, or the lock would be held.
            Files.deleteIfExists(socket);
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
            OneWindow window = new OneWindow(lock, door, socket);
            Thread.ofVirtual().name("one-window").start(() -> window.listen(called));
            return Optional.of(window);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void hand(Path socket, List<String> arguments) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap((Json.write(arguments) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.warn("another window is open but could not be called to the front", e);
        }
    }

    private void listen(Consumer<List<String>> called) {
        while (door.isOpen()) {
            try (SocketChannel one = door.accept();
                    BufferedReader reader = new BufferedReader(Channels.newReader(one, StandardCharsets.UTF_8), MOST)) {
                String line = reader.readLine();
                if (line != null && line.length() < MOST) {
                    called.accept(Json.MAPPER.readValue(line, new TypeReference<List<String>>() {}));
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.info("a second start said nothing that can be read", e);
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            door.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.debug("the window's socket stays behind; the next start removes it", e);
        }
    }
}
