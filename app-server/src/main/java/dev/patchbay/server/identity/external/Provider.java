package dev.patchbay.server.identity.external;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where and as whom to ask.
///
/// @param name in addresses: `google`
/// @param title for people: `Google`
/// @param identity how the provider says who somebody is
public record Provider(
        String name, String title, String clientId, String clientSecret, URI authorize, URI token, Identity identity) {

    /// How the provider says who somebody is.
    public sealed interface Identity {
        /// What it asks for.
        String scope();
    }

    /// A signed ID token (OpenID Connect Core).
    ///
    /// @param keys where its public keys are (JWK set)
    public record Signed(String issuer, URI keys) implements Identity {
        @Override
        public String scope() {
            return "openid email profile";
        }
    }

    /// A page that is read with the access token (Facebook's Graph API). An address that it tells is confirmed: others
    /// are left out.
    public record Asked(URI person) implements Identity {
        @Override
        public String scope() {
            return "email public_profile";
        }
    }

    @Override
    public String toString() {
        return "Provider[" + name + "]";
    }

    /// Who somebody is, as the provider says.
    ///
    /// @param subject the provider's own, unchanging name of the person
    /// @param verified whether the provider knows that the address is the person's
    public record Person(String subject, @Nullable String email, boolean verified) {}
}
