package dev.patchbay.server.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals texts with AES-256-GCM (NIST SP 800-38D) and opens them again.
///
/// A sealed text is `s1.<key>.<nonce and cipher text>` and is bound to a context, such as `totp:<user>`: moved to
/// another row it does not open. The first key seals, all open, so that a key is changed by putting a new one in front.
/// The nonce is random; one key is good for some 2^32 texts, far more than there are secrets.
public final class Secrets {
    private static final String VERSION = "s1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /// It was sealed with a key that is not here, or has been changed.
    public static final class CannotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotOpen(String message) {
            super(message);
        }
    }

    /// @param passphrases at least one, of 32 bytes or more each, as random as keys are
    public Secrets(List<String> passphrases) {
        for (String passphrase : passphrases) {
            byte[] bytes = passphrase.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < 32) {
                throw new IllegalArgumentException("an encryption key has at least 32 bytes");
            }
            byte[] key = digest("patchbay secrets", bytes);
            keys.put(
                    HexFormat.of().formatHex(digest("patchbay secrets id", bytes), 0, 4),
                    new SecretKeySpec(key, "AES"));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("at least one encryption key is needed");
        }
    }

    /// With the keys of a file, one a line, the newest first; made with private permissions (0600) when absent.
    ///
    /// @throws java.io.UncheckedIOException when the file can neither be read nor made
    public static Secrets inFile(Path file) {
        return new Secrets(KeyFile.lines(file));
    }

    /// The key of a file that seals; the file is made when absent, as by [#inFile].
    public static String newestIn(Path file) {
        return KeyFile.lines(file).getFirst();
    }

    /// @param context what it belongs to; opening needs the same
    public String seal(String context, String text) {
        Map.Entry<String, SecretKeySpec> key = keys.entrySet().iterator().next();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.getValue(), nonce, key.getKey(), context)
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + "." + key.getKey() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// @throws CannotOpen when the key is missing, or the text or its context is another
    public String open(String context, String sealed) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new CannotOpen("not a sealed text");
        }
        SecretKeySpec key = keys.get(parts[1]);
        if (key == null) {
            throw new CannotOpen("sealed with another key: every node needs the ENCRYPTION_KEY (or key file) it was "
                    + "sealed with, for example as a second line");
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(parts[2]);
            if (all.length < NONCE_BYTES) {
                throw new CannotOpen("cut off");
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, parts[1], context)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotOpen("changed since it was sealed, or of another place");
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String id, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + "." + id + "." + context).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] digest(String purpose, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
