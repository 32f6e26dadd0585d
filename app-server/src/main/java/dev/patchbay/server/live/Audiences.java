package dev.patchbay.server.live;

import dev.patchbay.server.access.Principal;
import dev.patchbay.server.store.Audience;
import java.util.HashSet;
import java.util.Set;

/// Which audience tokens a principal holds.
final class Audiences {
    private Audiences() {}

    static Set<String> held(Principal principal, Viewers viewers) {
        return switch (principal) {
            case Principal.User user -> {
                Set<String> tokens = new HashSet<>(viewers.tokens(user));
                tokens.addAll(Audience.company().tokens());
                tokens.addAll(Audience.user(user.id()).tokens());
                user.me()
                        .permissions()
                        .forEach(may -> tokens.addAll(Audience.holders(may).tokens()));
                yield Set.copyOf(tokens);
            }
            // A visitor sees what is addressed to it and nothing of the company.
            case Principal.Visitor visitor ->
                Audience.visitor(visitor.participant()).tokens();
            case Principal.Anonymous _ -> Set.of();
        };
    }
}
