package dev.patchbay.server.identity;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time passwords as every authenticator app makes them: RFC 6238 with HMAC-SHA-1, 30 s, 6 digits.
final class Totp {
    static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    /// A clock may be one step off, either way.
    private static final int DRIFT = 1;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /// The code of a time step (RFC 4226 section 5.3).
    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
            return String.format(java.util.Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    }

    /// @param after the newest step that has been used; older codes do not count any more
    /// @return the step whose code this is; empty when it is none of the present ones
    static OptionalLong match(byte[] secret, String code, Instant now, long after) {
        OptionalLong found = OptionalLong.empty();
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        for (long step = step(now) - DRIFT; step <= step(now) + DRIFT; step++) {
            boolean same = MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given);
            if (same && step > after && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /// The address that apps read from a picture (Google Authenticator's Key URI format).
    static String uri(String account, byte[] secret) {
        return "otpauth://totp/Patchbay:" + escape(account) + "?secret=" + base32(secret)
                + "&issuer=Patchbay&algorithm=SHA1&digits=6&period=" + STEP_SECONDS;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// RFC 4648 section 6, without padding; whole groups of five bytes only.
    static String base32(byte[] bytes) {
        if (bytes.length % 5 != 0) {
            throw new IllegalArgumentException("bytes: not in groups of five");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 5) {
            long group = 0;
            for (int j = 0; j < 5; j++) {
                group = group << 8 | (bytes[i + j] & 0xff);
            }
            for (int shift = 35; shift >= 0; shift -= 5) {
                text.append(ALPHABET.charAt((int) (group >> shift) & 31));
            }
        }
        return text.toString();
    }
}
