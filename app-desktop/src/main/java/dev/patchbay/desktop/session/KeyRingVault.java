package dev.patchbay.desktop.session;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Secrets in the system's key ring (Secret Service, macOS keychain, Windows credential store).
public final class KeyRingVault implements TokenVault {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRingVault.class);
    private static final String SERVICE = "Patchbay";

    private final Keyring ring;

    private KeyRingVault(Keyring ring) {
        this.ring = ring;
    }

    /// The key ring when this system has one that takes and gives back a secret, the encrypted file otherwise. May
    /// block
    /// for as long as the system asks the user to unlock it: not for the screen's thread.
    public static TokenVault orFile(ConsoleFolder folder) {
        try {
            Keyring ring = Keyring.create();
            ring.setPassword(SERVICE, "probe", "probe");
            if (ring.getPassword(SERVICE, "probe").equals("probe")) {
                return new KeyRingVault(ring);
            }
        } catch (BackendNotSupportedException | PasswordAccessException | RuntimeException | LinkageError e) {
            LOG.info(
                    "no key ring here ({}); the sign-in is kept in an encrypted file",
                    e.getClass().getSimpleName());
        }
        return new FileVault(folder);
    }

    @Override
    public synchronized void keep(String account, String secret) {
        try {
            ring.setPassword(SERVICE, account, secret);
        } catch (PasswordAccessException e) {
            LOG.warn("the key ring did not take the sign-in; the user signs in again at the next start", e);
        }
    }

    @Override
    public synchronized Optional<String> find(String account) {
        try {
            return Optional.ofNullable(ring.getPassword(SERVICE, account));
        } catch (PasswordAccessException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void forget(String account) {
        try {
            ring.deletePassword(SERVICE, account);
        } catch (PasswordAccessException e) {
            LOG.debug("nothing to forget in the key ring", e);
        }
    }
}
