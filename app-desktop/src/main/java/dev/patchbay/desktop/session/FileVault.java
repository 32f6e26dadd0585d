package dev.patchbay.desktop.session;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Secrets in a file, for systems without a key ring: AES-256-GCM (NIST SP 800-38D) with a key in a file of its own,
/// both readable by their owner only. It keeps a copied or backed-up secrets file useless; it is no protection against
/// somebody who can read all of the user's files.
public final class FileVault implements TokenVault {
    private static final Logger LOG = LoggerFactory.getLogger(FileVault.class);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;

    private final Path file;
    private final Path keyFile;
    private final SecureRandom random = new SecureRandom();

    public FileVault(ConsoleFolder folder) {
        file = folder.file("secrets.bin");
        keyFile = folder.file("secrets.key");
    }

    @Override
    public synchronized void keep(String account, String secret) {
        TreeMap<String, String> all = all();
        all.put(account, secret);
        save(all);
    }

    @Override
    public synchronized Optional<String> find(String account) {
        return Optional.ofNullable(all().get(account));
    }

    @Override
    public synchronized void forget(String account) {
        TreeMap<String, String> all = all();
        if (all.remove(account) != null) {
            save(all);
        }
    }

    private TreeMap<String, String> all() {
        if (!Files.exists(file) || !Files.exists(keyFile)) {
            return new TreeMap<>();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key(), "AES"),
                    new GCMParameterSpec(TAG_BITS, bytes, 0, Math.min(NONCE, bytes.length)));
            byte[] plain = cipher.doFinal(bytes, NONCE, Math.max(0, bytes.length - NONCE));
            return Json.MAPPER.readValue(new String(plain, StandardCharsets.UTF_8), new TypeReference<>() {});
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn(
                    "the kept sign-in cannot be read ({}); the user signs in again",
                    e.getClass().getSimpleName());
            return new TreeMap<>();
        }
    }

    private void save(TreeMap<String, String> all) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(Json.write(all).getBytes(StandardCharsets.UTF_8));
            Path next = file.resolveSibling("secrets.bin.next");
            ConsoleFolder.writePrivately(
                    next,
                    ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    private byte[] key() throws IOException {
        if (!Files.exists(keyFile)) {
            byte[] fresh = new byte[KEY];
            random.nextBytes(fresh);
            ConsoleFolder.writePrivately(keyFile, fresh);
            return fresh;
        }
        try (var channel = Files.newByteChannel(keyFile, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(KEY);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return bytes.array();
        }
    }
}
