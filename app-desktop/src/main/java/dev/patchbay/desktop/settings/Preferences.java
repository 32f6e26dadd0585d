package dev.patchbay.desktop.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The user's choices, one JSON object in a file; each feature keeps a record of its own under a name of its own.
/// Written at every change, whole and atomically. From any thread.
///
/// A file that cannot be read is set aside beside it (`….damaged`) and the defaults hold; nothing is lost silently:
/// [#setAside] says so.
public final class Preferences {
    private static final Logger LOG = LoggerFactory.getLogger(Preferences.class);

    private final Path file;
    private final ObjectNode kept;
    private final @Nullable Path setAside;

    /// Reads the file; it need not exist.
    public Preferences(Path file) {
        this.file = file;
        ObjectNode found = Json.MAPPER.createObjectNode();
        Path damaged = null;
        try {
            if (Files.exists(file) && Json.MAPPER.readTree(file.toFile()) instanceof ObjectNode read) {
                found = read;
            } else if (Files.exists(file)) {
                damaged = aside(file);
            }
        } catch (IOException e) {
            LOG.warn("The preferences {} cannot be read; the defaults hold and the file is set aside", file, e);
            damaged = aside(file);
        }
        this.kept = found;
        this.setAside = damaged;
    }

    /// Where the damaged file lies now, when there was one at the start.
    public Optional<Path> setAside() {
        return Optional.ofNullable(setAside);
    }

    /// What is kept under the name; empty too when it has another shape than asked for.
    public synchronized <T> Optional<T> read(String name, Class<T> type) {
        JsonNode node = kept.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.convert(node, type));
        } catch (IllegalArgumentException e) {
            LOG.warn("The preference {} has an unknown shape; its default holds", name);
            return Optional.empty();
        }
    }

    /// Keeps a value under the name. A disk that refuses is logged; the choice then holds until the console ends.
    public synchronized void write(String name, Object value) {
        JsonNode node = Json.tree(value);
        if (node.equals(kept.get(name))) {
            return;
        }
        kept.set(name, node);
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "preferences", ".new");
            Files.writeString(
                    fresh, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(kept));
            move(fresh, file);
        } catch (IOException e) {
            LOG.warn("The preference {} cannot be kept in {}; it holds until the console ends", name, file, e);
        }
    }

    private static @Nullable Path aside(Path file) {
        Path damaged = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            move(file, damaged);
            return damaged;
        } catch (IOException e) {
            LOG.warn("The damaged preferences {} cannot be set aside; the next change replaces them", file, e);
            return null;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
