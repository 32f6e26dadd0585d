package dev.patchbay.server.store;

import dev.patchbay.model.OfficeId;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import java.util.Set;
import java.util.TreeSet;

/// Who may see an event: a set of tokens, of which a viewer must hold one. Stored with the event and checked again when
/// it is replayed.
public record Audience(Set<String> tokens) {
    public Audience {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("an audience has at least one token");
        }
        tokens = Set.copyOf(tokens);
    }

    /// Every user of the company (visitors are no users).
    public static Audience company() {
        return new Audience(Set.of("company"));
    }

    public static Audience user(UserId user) {
        return new Audience(Set.of("user:" + user));
    }

    public static Audience queue(QueueId queue) {
        return new Audience(Set.of("queue:" + queue));
    }

    public static Audience office(OfficeId office) {
        return new Audience(Set.of("office:" + office));
    }

    public static Audience holders(Permission permission) {
        return new Audience(Set.of("may:" + permission.wire()));
    }

    /// One participant of a call: a visitor, or whoever sits behind it.
    public static Audience visitor(ParticipantId participant) {
        return new Audience(Set.of("visitor:" + participant));
    }

    public Audience and(Audience other) {
        Set<String> both = new TreeSet<>(tokens);
        both.addAll(other.tokens);
        return new Audience(both);
    }

    /// As stored: the tokens with blanks between.
    public String text() {
        return String.join(" ", new TreeSet<>(tokens));
    }

    public static Audience parse(String text) {
        return new Audience(Set.of(text.split(" ")));
    }

    /// @param held the tokens of a viewer
    public boolean reaches(Set<String> held) {
        for (String token : tokens) {
            if (held.contains(token)) {
                return true;
            }
        }
        return false;
    }
}
