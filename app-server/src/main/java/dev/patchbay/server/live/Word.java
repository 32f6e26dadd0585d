package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.UserId;
import java.util.Optional;
import java.util.UUID;

/// What one node tells the others besides "look at the log", so that their sockets follow at once. A word may be lost:
/// every socket's token and audience are read again every [Limits#recheck] anyway.
public sealed interface Word {
    CompanyId company();

    /// A sign-in was ended: its sockets close.
    record SessionEnded(CompanyId company, UserId user, UUID session) implements Word {}

    /// A user's roles changed.
    record AccessChanged(CompanyId company, UserId user) implements Word {}

    /// Who takes which queue's calls changed.
    record MembersChanged(CompanyId company) implements Word {}

    /// As it travels: at most a hundred characters, no secret.
    default String text() {
        return switch (this) {
            case SessionEnded(CompanyId company, UserId user, UUID session) ->
                "ended " + company + " " + user + " " + session;
            case AccessChanged(CompanyId company, UserId user) -> "access " + company + " " + user;
            case MembersChanged(CompanyId company) -> "members " + company;
        };
    }

    /// @return empty for what another version said
    static Optional<Word> parse(String text) {
        String[] parts = text.split(" ");
        try {
            return switch (parts[0] + " " + parts.length) {
                case "ended 4" ->
                    Optional.of(new SessionEnded(company(parts[1]), user(parts[2]), UUID.fromString(parts[3])));
                case "access 3" -> Optional.of(new AccessChanged(company(parts[1]), user(parts[2])));
                case "members 2" -> Optional.of(new MembersChanged(company(parts[1])));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CompanyId company(String text) {
        return new CompanyId(UUID.fromString(text));
    }

    private static UserId user(String text) {
        return new UserId(UUID.fromString(text));
    }
}
