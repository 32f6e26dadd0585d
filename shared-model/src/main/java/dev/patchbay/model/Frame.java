package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frames of `GET /live`, JSON text each.
///
/// A client says [Hello] first. The server answers [Welcome], then everything the client missed since `after`, then
/// what happens. A client's [Command] is answered by one [Reply] or [Refusal] with its id in `to`.
public final class Frame {
    private Frame() {}

    /// Says who the client is and what it has already.
    ///
    /// @param token an access token, a visitor's token or a connection token
    /// @param after the last event number the client has; null to begin with what happens next
    /// @param topics what to send: `calls`, `leads` (also as `sharktank`, `pipeline`), `agents`, `queues`; empty
    /// for all
    /// @param device an id of the console's installation, kept over restarts; null for programs
    /// @param takesCalls whether this client can carry an agent's calls (has a voice process)
    public record Hello(
            String token,
            @Nullable Long after,
            @Nullable List<String> topics,
            @Nullable String device,
            @Nullable Boolean takesCalls) {}

    /// Asks the server to do something. Sent again with the same id within 24 hours, it is not done again: the first
    /// answer comes back.
    public record Command(String type, String id, @Nullable JsonNode data) {}

    /// What a server sends.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Welcome.class, name = "welcome"),
        @JsonSubTypes.Type(value = Reset.class, name = "reset"),
        @JsonSubTypes.Type(value = Reply.class, name = "reply"),
        @JsonSubTypes.Type(value = Refusal.class, name = "error")
    })
    public sealed interface FromServer permits Welcome, Reset, Reply, Refusal {}

    /// @param user null for visitors
    /// @param seq the company's event number now
    /// @param resumed whether all since `after` follows; false after a [Reset]
    public record Welcome(@Nullable Me user, @Nullable CompanyId company, long seq, boolean resumed, Instant now)
            implements FromServer {}

    /// What the client has is too old to be brought up to date: it loads its lists again.
    public record Reset(long seq) implements FromServer {}

    public record Reply(String to, @Nullable JsonNode data) implements FromServer {}

    /// @param to the command's id; null when the frame could not be read at all
    public record Refusal(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String to,

            ErrorBody error) implements FromServer {}

    /// Something that happened; [EventType] lists the types.
    public record Event(String type, long seq, Instant at, JsonNode data) {}
}
