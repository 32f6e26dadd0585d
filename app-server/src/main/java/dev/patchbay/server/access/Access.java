package dev.patchbay.server.access;

import dev.patchbay.model.Permission;

/// What a route or a live command demands of whoever asks.
public sealed interface Access {
    Access ANYBODY = new Anybody();
    Access SIGNED_IN = new SignedIn();
    Access PERSON = new Person();
    Access VISITOR = new OfVisitor();
    Access USER_OR_VISITOR = new UserOrVisitor();

    /// No token needed.
    record Anybody() implements Access {}

    record SignedIn() implements Access {}

    /// A user in person, not a program with an API key: for what concerns the account itself.
    record Person() implements Access {}

    /// The visitor of a call.
    record OfVisitor() implements Access {}

    /// Either side of a call.
    record UserOrVisitor() implements Access {}

    record Needs(Permission permission) implements Access {}

    static Access needs(Permission permission) {
        return new Needs(permission);
    }

    /// The one place where permissions are checked.
    ///
    /// @throws Refusal 401 without a valid token, 403 without the permission
    default void check(Principal principal) {
        switch (this) {
            case Anybody _ -> {}
            case SignedIn _ -> user(principal);
            case Person _ -> {
                if (user(principal).byKey()) {
                    throw Refusal.of(403, "FORBIDDEN", "An API key cannot do this; sign in.");
                }
            }
            case Needs needs -> {
                if (!user(principal).may(needs.permission())) {
                    throw Refusal.forbidden(needs.permission());
                }
            }
            case OfVisitor _ -> {
                if (!(principal instanceof Principal.Visitor)) {
                    throw Refusal.unauthenticated();
                }
            }
            case UserOrVisitor _ -> {
                if (principal instanceof Principal.Anonymous) {
                    throw Refusal.unauthenticated();
                }
            }
        }
    }

    private static Principal.User user(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user;
            case Principal.Anonymous _, Principal.Visitor _ -> throw Refusal.unauthenticated();
        };
    }
}
