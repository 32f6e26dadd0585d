package dev.patchbay.server.calls;

import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Offer;
import dev.patchbay.model.Page;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reading calls: lists, one with its timeline, and what a console needs after a start.
public final class CallList {
    private final Floors floors;

    public CallList(Floors floors) {
        this.floors = floors;
    }

    public enum View {
        ALL(""),
        WAITING(" and c.status in ('queued', 'ringing')"),
        ACTIVE(" and c.status in ('active', 'held', 'wrapUp')"),
        HISTORY(" and c.status in ('closed', 'abandoned', 'missed', 'failed')"),
        MISSED(" and c.status in ('abandoned', 'missed')");

        private final String sql;

        View(String sql) {
            this.sql = sql;
        }

        static View of(String name) {
            try {
                return valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid("view", "view is waiting, active, history or missed.");
            }
        }
    }

    /// @param text looked for in names, numbers and notes, in any case
    public record Filter(
            View view,
            @Nullable String text,
            @Nullable QueueId queue,
            @Nullable UserId agent) {}

    /// Waiting calls come in the order of the queue and all at once; others newest first, page by page.
    ///
    /// @param after the `next` of an earlier page; null for the first
    public Page<Call> list(Principal.User user, Filter filter, @Nullable String after, int limit) {
        return floors.read(user.company(), transaction -> {
            long asOf = Seq.now(transaction);
            Sight sight = Sight.of(transaction, user);
            boolean waiting = filter.view() == View.WAITING;
            Cursor cursor = after == null || waiting ? null : Cursor.parse(after);
            StringBuilder sql = new StringBuilder(CallTable.SELECT).append(filter.view().sql);
            if (!sight.everything()) {
                sql.append(Sight.SQL);
            }
            if (filter.queue() != null) {
                sql.append(" and c.queue_id = :queue");
            }
            if (filter.agent() != null) {
                sql.append(" and c.agent_id = :agent");
            }
            if (filter.text() != null) {
                sql.append(" and (lower(c.caller_name) like :text escape '!' or c.caller_phone like :text escape '!'"
                        + " or lower(coalesce(c.notes, '')) like :text escape '!')");
            }
            if (cursor != null) {
                sql.append(" and (c.created_at < :at or c.created_at = :at and c.id < :id)");
            }
            sql.append(
                    waiting
                            ? " order by c.priority desc, c.queued_at, c.id limit " + VisitorCalls.MAX_WAITING
                            : " order by c.created_at desc, c.id desc limit " + (limit + 1));
            Query query = transaction.query(sql.toString());
            if (!sight.everything()) {
                query.bind("me", user.id());
            }
            if (filter.queue() != null) {
                query.bind("queue", filter.queue());
            }
            if (filter.agent() != null) {
                query.bind("agent", filter.agent());
            }
            if (filter.text() != null) {
                query.bind("text", pattern(filter.text()));
            }
            if (cursor != null) {
                query.bind("at", cursor.at()).bind("id", cursor.id());
            }
            List<LiveCall> calls = CallTable.read(transaction, query);
            boolean more = !waiting && calls.size() > limit;
            List<Call> items = calls.stream()
                    .limit(waiting ? calls.size() : limit)
                    .map(LiveCall::view)
                    .toList();
            return new Page<>(items, more ? Cursor.of(items.getLast()).text() : null, asOf);
        });
    }

    private static String pattern(String text) {
        String escaped = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + escaped + "%";
    }

    private record Cursor(Instant at, CallId id) {
        static Cursor of(Call last) {
            return new Cursor(last.createdAt(), last.id());
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + " " + id).getBytes(StandardCharsets.US_ASCII));
        }

        static Cursor parse(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
                if (parts.length == 2) {
                    return new Cursor(Instant.parse(parts[0]), CallId.of(parts[1]));
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                // Answered below like every other text that is no cursor.
            }
            throw Refusal.invalid("after", "after is the next of an earlier page.");
        }
    }

    public CallDetails details(Principal.User user, CallId id) {
        return floors.read(user.company(), transaction -> {
            LiveCall call = CallTable.find(transaction, id)
                    .filter(one -> Sight.of(transaction, user).reaches(one))
                    .orElseThrow(() -> Refusal.notFound("call"));
            return new CallDetails(
                    call.view(),
                    CallTable.timeline(transaction, id),
                    call.lead == null
                            ? null
                            : floors.around()
                                    .leads()
                                    .byId(transaction, call.lead)
                                    .orElse(null));
        });
    }

    /// How to reach the other side of a call that rings or goes on.
    public record Link(CallId callId, ParticipantId me, ParticipantId peer, List<IceServer> iceServers) {
        public Link {
            iceServers = List.copyOf(iceServers);
        }
    }

    /// What a console needs after a start.
    ///
    /// @param offers what rings at this agent
    /// @param call the call that goes on or is written up
    /// @param links for each of them whose audio is up or to be set up
    public record Mine(List<Offer> offers, @Nullable Call call, List<Link> links) {
        public Mine {
            offers = List.copyOf(offers);
            links = List.copyOf(links);
        }
    }

    public Mine mine(Principal.User user) {
        return floors.read(user.company(), transaction -> {
            List<LiveCall> calls = CallTable.read(
                    transaction, transaction.query(CallTable.SELECT + """
                             and c.status in ('ringing', 'active', 'held', 'wrapUp') and (c.agent_id = :me
                                or exists (select 1 from participant p where p.company_id = c.company_id
                                    and p.call_id = c.id and p.user_id = :me and p.status <> 'left'))
                            order by c.created_at
                            """).bind("me", user.id()));
            List<Offer> offers = new ArrayList<>();
            List<Link> links = new ArrayList<>();
            Call current = null;
            for (LiveCall call : calls) {
                Optional<Leg> mine = call.legs.stream()
                        .filter(leg -> user.id().equals(leg.user) && leg.leftAt == null)
                        .findFirst();
                if (call.waits()) {
                    mine.flatMap(leg -> offer(transaction, call, leg)).ifPresent(offers::add);
                } else {
                    current = call.view();
                }
                if (!call.isOver() && mine.isPresent() && call.customer().isPresent()) {
                    links.add(new Link(
                            call.id, mine.get().id, call.customer().get().id, iceServers(transaction, mine.get().id)));
                }
            }
            return new Mine(offers, current, links);
        });
    }

    private Optional<Offer> offer(Transaction transaction, LiveCall call, Leg leg) {
        return call.customer()
                .map(peer -> new Offer(
                        call.view(),
                        leg.id,
                        peer.id,
                        leg.ringUntil == null ? transaction.now() : leg.ringUntil,
                        iceServers(transaction, leg.id),
                        call.lead == null
                                ? null
                                : floors.around()
                                        .leads()
                                        .byId(transaction, call.lead)
                                        .orElse(null)));
    }

    private List<IceServer> iceServers(Transaction transaction, ParticipantId participant) {
        return floors.around().iceServers().forParticipant(participant, transaction.now());
    }

    /// The audience tokens of the queues a user serves, for the live hub.
    public Set<String> audiences(Principal.User user) {
        return floors.read(user.company(), transaction -> QueueTable.ofAgent(transaction, user.id()).stream()
                .map(queue -> "queue:" + queue)
                .collect(Collectors.toSet()));
    }
}
