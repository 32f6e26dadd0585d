/// Asking other providers who somebody is: OAuth 2 with the authorization code and PKCE (RFC 6749, RFC 7636, RFC 9700),
/// and OpenID Connect where the provider speaks it.
///
/// Nothing here knows our accounts: a [Provider] says where to ask, [ProviderClient] asks and answers with a [Person].
///
/// Threads: any; every call blocks for at most some seconds.
/// Never: a provider's token kept, logged or passed on; a redirect followed.
/// Start reading at [ProviderClient].
@NullMarked
package dev.patchbay.server.identity.external;

import org.jspecify.annotations.NullMarked;
