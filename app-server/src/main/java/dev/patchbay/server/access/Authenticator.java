package dev.patchbay.server.access;

/// Turns a bearer token into who asks. Identity provides it; the edges use it.
public interface Authenticator {
    /// @throws Refusal 401 when the token is malformed, expired, forged or revoked
    Principal authenticate(String token);
}
