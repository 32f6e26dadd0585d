package dev.patchbay.server.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The keys of access tokens: the first signs, all verify, each known by its id. There is no built-in one.
public final class SigningKeys {
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    /// @param secrets at least one, of 32 bytes or more each
    public SigningKeys(List<String> secrets) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < 32) {
                throw new IllegalArgumentException("a signing secret has at least 32 bytes");
            }
            keys.put(id(bytes), new SecretKeySpec(bytes, "HmacSHA256"));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("at least one signing secret is needed");
        }
    }

    /// The secrets of a file, one a line, the newest first; made with private permissions (0600) when absent.
    ///
    /// @throws UncheckedIOException when the file can neither be read nor made
    public static SigningKeys inFile(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return new SigningKeys(Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The secret that a file begins with; empty when there is no such file.
    ///
    /// @throws UncheckedIOException when it is there and cannot be read
    public static Optional<String> newestIn(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var out = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            out.write(StandardCharsets.UTF_8.encode(random() + "\n"));
        } catch (FileAlreadyExistsException e) {
            // Another server of the same folder was first; its secret is as good.
            return;
        }
    }

    /// A new secret, 48 random bytes in Base64.
    public static String random() {
        byte[] bytes = new byte[48];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String signingId() {
        return keys.keySet().iterator().next();
    }

    SecretKey signing() {
        return keys.values().iterator().next();
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static String id(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("patchbay key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(secret), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
