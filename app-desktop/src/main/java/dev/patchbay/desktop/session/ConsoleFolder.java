package dev.patchbay.desktop.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The user's own folder for one console: settings, what is kept, logs. Readable by its owner only. A profile name
/// keeps
/// several consoles on one machine apart.
public final class ConsoleFolder {
    private final Path root;
    private final String profile;

    private ConsoleFolder(Path root, String profile) {
        this.root = root;
        this.profile = profile;
    }

    /// The usual place of this system: `$XDG_STATE_HOME/patchbay` (or `~/.local/state/patchbay`),
    /// `~/Library/Application Support/Patchbay`, `%LOCALAPPDATA%\Patchbay`.
    ///
    /// @param profile letters, digits, `-` and `_`; `default` is the usual one
    /// @throws IllegalArgumentException for another profile name
    /// @throws UncheckedIOException when the folder cannot be made; the message says which
    public static ConsoleFolder usual(String profile) {
        return at(
                place(System.getProperty("os.name", ""), System.getProperty("user.home", "."), System.getenv()),
                profile);
    }

    /// A folder chosen by the caller, with a folder for the profile inside.
    public static ConsoleFolder at(Path base, String profile) {
        if (!profile.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new IllegalArgumentException("profile: letters, digits, - and _ only");
        }
        Path root = base.resolve(profile);
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root, attributes(root, "rwx------"));
            }
            if (!Files.isWritable(root)) {
                throw new IOException("The folder " + root + " cannot be written.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + root + " cannot be used: " + e.getMessage(), e);
        }
        return new ConsoleFolder(root, profile);
    }

    static Path place(String system, String home, Map<String, String> environment) {
        String os = system.toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            String local = environment.get("LOCALAPPDATA");
            return local == null ? Path.of(home, "AppData", "Local", "Patchbay") : Path.of(local, "Patchbay");
        }
        if (os.contains("mac")) {
            return Path.of(home, "Library", "Application Support", "Patchbay");
        }
        String state = environment.get("XDG_STATE_HOME");
        return state == null || !state.startsWith("/")
                ? Path.of(home, ".local", "state", "patchbay")
                : Path.of(state, "patchbay");
    }

    public Path root() {
        return root;
    }

    public String profile() {
        return profile;
    }

    /// @param name of a file directly in the folder
    public Path file(String name) {
        return root.resolve(name);
    }

    /// Writes a whole file that only its owner may read, from its first byte on.
    static void writePrivately(Path file, byte[] bytes) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.deleteIfExists(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes(file, "rw-------"))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String posix) {
        boolean supported = path.getFileSystem().equals(FileSystems.getDefault())
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return supported
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))}
                : new FileAttribute<?>[0];
    }

    /// @return the file's permissions as `rw-------`; null where there is no such thing
    static @Nullable String permissions(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                : null;
    }
}
