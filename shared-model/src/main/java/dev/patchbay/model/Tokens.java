package dev.patchbay.model;

/// What a sign-in yields.
///
/// @param expiresIn seconds until the access token ends
public record Tokens(String accessToken, String refreshToken, long expiresIn, Me user) {
    @Override
    public String toString() {
        return "Tokens[of " + user.email() + "]";
    }
}
