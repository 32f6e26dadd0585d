package dev.patchbay.server.access;

import java.time.Duration;

/// Gives the visitor of a call the token that says so. Identity provides it; [Authenticator] reads it.
public interface VisitorTokens {
    String issue(Principal.Visitor visitor, Duration validFor);
}
