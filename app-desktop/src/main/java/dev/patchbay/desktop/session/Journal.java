package dev.patchbay.desktop.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes on disk, in order: a file to which lines are added, forced to the disk before [#put] returns. A line torn by
/// a kill or a full disk is the last one and is cut off at the next start; its change was never acknowledged to
/// anybody.
///
/// One process at a time: a second one is refused. Not thread-safe.
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /// Lines of what is done, after which the file is written anew.
    private static final int WORTH_REWRITING = 200;

    private final Path file;
    private final FileChannel lockFile;
    private FileChannel channel;
    private final Map<String, Change> open = new LinkedHashMap<>();
    private int finished;

    /// A line: a change that is new or has a new state, or the id of one that is over.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(@Nullable Change change, @Nullable String over) {}

    /// @throws UncheckedIOException when the folder cannot be written, or another console has the journal
    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            lockFile = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new IOException("Another console of this user has " + file + " open.");
            }
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int whole = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (!take(new String(bytes, whole, i - whole, StandardCharsets.UTF_8))) {
                    // Damage in the middle: what follows may still be good, what is damaged is set aside.
                    Files.copy(
                            file,
                            file.resolveSibling(file.getFileName() + ".damaged"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                whole = i + 1;
            }
        }
        channel.truncate(whole);
        channel.position(whole);
    }

    private boolean take(String text) {
        try {
            Line line = Json.read(text, Line.class);
            if (line.change() != null) {
                open.put(line.change().id(), line.change());
            }
            if (line.over() != null) {
                open.remove(line.over());
                finished++;
            }
            return true;
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "a kept change could not be read; the file is copied to {}.damaged, the others go on ({})",
                    file,
                    e.getMessage());
            return false;
        }
    }

    /// Not over yet, oldest first.
    List<Change> open() {
        return new ArrayList<>(open.values());
    }

    boolean holds(String id) {
        return open.containsKey(id);
    }

    /// Keeps a change, or its new state.
    ///
    /// @throws UncheckedIOException when it could not be made to last; it is not kept then
    void put(Change change) {
        write(new Line(change, null), true);
        open.put(change.id(), change);
    }

    /// Forgets a change. When this is lost with a power cut the change is sent again under its id, and not done again.
    void over(String id) {
        write(new Line(null, id), false);
        open.remove(id);
        finished++;
        if (finished >= WORTH_REWRITING) {
            rewrite();
        }
    }

    private void write(Line line, boolean lasting) {
        try {
            long end = channel.position();
            ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException full) {
                channel.truncate(end);
                throw full;
            }
            if (lasting) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewrite() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            FileChannel fresh = FileChannel.open(
                    next,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileChannel old = channel;
            try {
                channel = fresh;
                open.values().forEach(change -> write(new Line(change, null), false));
                fresh.force(false);
                old.close();
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                finished = 0;
            } catch (IOException | UncheckedIOException e) {
                fresh.close();
                channel = old.isOpen() ? old : reopened();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be made shorter; it stays as it is and is tried again", file, e);
            finished = 0;
        }
    }

    private FileChannel reopened() throws IOException {
        FileChannel again = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        again.position(again.size());
        return again;
    }

    @Override
    public void close() {
        try (lockFile) {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{} did not close; what was kept is on disk already", file, e);
        }
    }
}
