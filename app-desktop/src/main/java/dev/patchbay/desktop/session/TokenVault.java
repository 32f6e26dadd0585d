package dev.patchbay.desktop.session;

import java.util.Optional;

/// Where the refresh token sleeps between two starts. Blocks.
public interface TokenVault {
    /// @param account such as `ann@example.com at https://calls.example.com`
    void keep(String account, String secret);

    /// Empty as well when it is there and cannot be read: the user signs in again.
    Optional<String> find(String account);

    void forget(String account);
}
