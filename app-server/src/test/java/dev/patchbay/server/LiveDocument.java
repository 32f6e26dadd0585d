package dev.patchbay.server;

import dev.patchbay.model.EventType;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.live.LiveCommand;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes `docs/live.md` from the catalogue of events and the commands that a server has.
final class LiveDocument {
    private static final String INTRODUCTION = """
            # Live: what travels over `GET /live`

            *Made from the code by `LiveDocumentTest`; after a change write it anew with*
            `./mvnw -pl app-server -am test -Dtest=LiveDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.argLine=-Dpatchbay.write=true`

            One WebSocket, also at `/api/live` and `/api/v1/live`. Frames are JSON text of at most 64 kB from a client; binary
            frames close the socket.

                → {"type":"hello","token":"…","after":1234,"topics":["leads","calls"],"takesCalls":true}
                ← {"type":"welcome","user":{…},"company":"…","seq":1240,"resumed":true,"now":"2026-11-21T09:00:00Z"}
                ← {"type":"lead.claimed","seq":1235,"at":"2026-11-21T08:59:58Z","data":{"lead":{…}}}
                → {"type":"lead.claim","id":"c-17","data":{"lead":"…"}}
                ← {"type":"reply","to":"c-17","data":{…}}
                ← {"type":"error","to":"c-18","error":{"status":"error","message":"…","code":"…","errors":[]}}

            - `hello` comes within 5 seconds. `token` is an access token or a visitor's token; `after` the last event number the
              client has; `topics` are `leads` (also `sharktank`, `pipeline`), `calls`, `agents`, `queues`, `settings`, none for all;
              `takesCalls` says that the client can carry an agent's calls.
            - With `after`, what was missed follows the welcome, in order, once. When that is older than what is kept (7 days),
              or ahead of the log, `{"type":"reset","seq":…}` follows and the client loads its lists again.
            - Numbers (`seq`) count a company's events without gaps; a client sees those it may see, so its own have gaps.
            - A command's `id` (1 to 100 visible ASCII characters) is remembered for 24 hours: sent again, it is not done again
              and the first answer comes back. Commands of one socket are done in their order; 50 a second, 200 at once.
            - A frame that cannot be read is answered by an `error` without `to`; the fifth one closes the socket.
            - Before its token runs out a client sends `{"type":"auth.renew","id":…,"data":{"token":"…"}}`.
            - The server pings every 5 seconds; who carries calls and answers nothing for 12 seconds has
              gone, anybody else after `SOCKET_PING_TIMEOUT` (60 s).

            | closed with | because | then |
            |---|---|---|
            | 1003 | a binary frame | mend the client |
            | 1008 | no hello in time, or too many unreadable frames | mend the client |
            | 1009 | a frame of more than 64 kB | mend the client |
            | 1012 | the server restarts | come again with `after` |
            | 1013 | the client read too slowly, or the database is away | come again with `after` |
            | 4001 | the sign-in ended or the token ran out | get a new token, come again with `after` |
            | 4008 | a sixth socket of the same user; the oldest goes, or the new one (`SOCKET_OVERFLOW`) | stay away |
            """;

    /// The names under which the sources know the same, and what stands for them here.
    private static final List<List<String>> SOURCES = List.of(
            List.of(
                    "`leadUpdate`",
                    "`lead.updated`, `lead.claimed`, `lead.released`, `lead.stageChanged`, `lead.deleted`"),
            List.of("`new_lead`", "`lead.created`"),
            List.of("`incomingCall`", "`call.offered`"),
            List.of("`event:acknowledged`", "`delivery.acknowledged`"),
            List.of("`event:progress`", "`delivery.progress`"),
            List.of("`event:completed`", "`delivery.completed`"),
            List.of("`event:failed`, `message:failed`", "`delivery.failed`"),
            List.of("`message:sent`", "`delivery.sent`"),
            List.of("`whatsapp:qr_generated`", "`whatsapp.qr`"),
            List.of("`whatsapp:client_ready`", "`whatsapp.ready`"),
            List.of("`whatsapp:client_authenticated`", "`whatsapp.authenticated`"),
            List.of("`whatsapp:client_auth_failed`", "`whatsapp.authFailed`"),
            List.of("`whatsapp:client_disconnected`", "`whatsapp.disconnected`"),
            List.of("`whatsapp:client_logged_out`", "`whatsapp.loggedOut`"),
            List.of("`message_received`", "`message.received`"),
            List.of("`message_edited`", "`message.edited`"),
            List.of("`message_deleted`", "`message.deleted`"),
            List.of("`message_read`", "`message.read`"),
            List.of("`conversation_created`", "`conversation.created`"),
            List.of(
                    "`conversation_updated`, `user_joined_conversation`, `user_left_conversation`",
                    "`conversation.updated`"),
            List.of("`user_typing_start`", "`typing.started`"),
            List.of("`user_typing_stop`", "`typing.stopped`"),
            List.of("`user_status_changed`", "`presence.changed`"),
            List.of("`system_announcement`", "`announcement.made`"),
            List.of("`notification_received`", "`notification.received`"));

    private LiveDocument() {}

    static String text(List<LiveCommand<?>> commands) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        text.append("\n## Events\n\n| type | data | tells |\n|---|---|---|\n");
        for (EventType type : EventType.values()) {
            text.append("| `%s` | `%s` | %s |%n".formatted(type.wire(), fields(type.payload()), type.tells()));
        }
        text.append("\n## Commands\n\n| type | data | who |\n|---|---|---|\n");
        for (LiveCommand<?> command : commands) {
            text.append(
                    "| `%s` | `%s` | %s |%n".formatted(command.type(), fields(command.body()), who(command.access())));
        }
        text.append("\n## The sources' names\n\nEvents that are not in the list above come with their feature.\n\n");
        text.append("| there | here |\n|---|---|\n");
        SOURCES.forEach(pair -> text.append("| %s | %s |%n".formatted(pair.get(0), pair.get(1))));
        return text.toString();
    }

    private static String fields(Class<?> data) {
        if (!data.isRecord()) {
            return "{}";
        }
        return Arrays.stream(data.getRecordComponents())
                .map(LiveDocument::field)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String field(RecordComponent component) {
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return component.getName() + (optional ? "?" : "") + ": "
                + component.getType().getSimpleName();
    }

    private static String who(Access access) {
        return switch (access) {
            case Access.Anybody _ -> "anybody";
            case Access.Person _, Access.SignedIn _ -> "users";
            case Access.OfVisitor _ -> "visitors";
            case Access.UserOrVisitor _ -> "users and visitors";
            case Access.Needs needs -> "users with `" + needs.permission().wire() + "`";
        };
    }
}
