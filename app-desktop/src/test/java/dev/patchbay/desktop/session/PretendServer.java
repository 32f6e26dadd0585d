package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.*;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A small companion server with behaviour: real HTTP and WebSocket, an event log with resume and reset, commands done
/// once, tokens that end and rotate, calls that ring, are answered by one and end. Everything in memory, under one
/// lock.
public final class PretendServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse";

    /// Somebody who may sign in.
    public record Person(UserId id, String name, String email) {}

    /// A command that was done.
    public record Done(String type, JsonNode data) {}

    private record Logged(
            long seq,
            Instant at,
            String type,
            JsonNode data,
            @Nullable UserId only) {}

    private record Refusal(int status, ErrorBody body) {}

    private record Ring(ParticipantId me, UserId agent) {}

    public final Person ann = new Person(new UserId(UUID.randomUUID()), "Ann Agent", "ann@example.test");
    public final Person ben = new Person(new UserId(UUID.randomUUID()), "Ben Busy", "ben@example.test");
    private final CompanyId company = new CompanyId(UUID.randomUUID());
    private final List<Logged> log = new ArrayList<>();
    private final Map<WsContext, UserId> sockets = new ConcurrentHashMap<>();
    private final Map<String, UserId> access = new ConcurrentHashMap<>();
    private final Map<String, UserId> refresh = new ConcurrentHashMap<>();
    private final Map<String, Object> answers = new LinkedHashMap<>();
    private final Map<CallId, Call> calls = new LinkedHashMap<>();
    private final Map<CallId, List<Ring>> rings = new LinkedHashMap<>();
    public final Map<LeadId, Lead> leads = new LinkedHashMap<>();
    /// Commands that were done, in order, without pings and media reports.
    public final List<Done> done = new CopyOnWriteArrayList<>();

    public final List<Signal> signals = new CopyOnWriteArrayList<>();
    public final AtomicInteger refreshes = new AtomicInteger();
    public final AtomicInteger hellos = new AtomicInteger();
    public volatile Duration tokenLife = Duration.ofMinutes(15);
    public volatile boolean refusesWrites;
    private long seq;
    private long oldest = 1;
    private Javalin http;
    private final int port;

    public PretendServer() {
        http = listen(0);
        port = http.port();
    }

    public int port() {
        return port;
    }

    public ServerAddress address() {
        return at(port);
    }

    public static ServerAddress at(int port) {
        return ServerAddress.parse("http://127.0.0.1:" + port);
    }

    /// Stops serving; what is known stays.
    public void stop() {
        http.stop();
        sockets.clear();
    }

    public void startAgain() {
        http = listen(port);
    }

    private Javalin listen(int at) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    var routes = config.routes;
                    routes.post("/api/v1/auth/login", this::login);
                    routes.post("/api/v1/auth/refresh", this::renew);
                    routes.post("/api/v1/auth/logout", context -> context.status(204));
                    routes.get("/api/v1/health", context -> json(context, new Health("ok", Instant.now(), null)));
                    routes.get("/api/v1/auth/profile", context -> json(context, me(user(context))));
                    routes.get("/api/v1/calls", this::list);
                    routes.get("/api/v1/calls/mine", context -> json(context, mine(user(context))));
                    routes.get(
                            "/api/v1/calls/{id}",
                            context -> json(
                                    context,
                                    new CallDetails(call(CallId.of(context.pathParam("id"))), List.of(), null)));
                    routes.get("/api/v1/agents", context -> json(context, page(List.of())));
                    routes.get("/api/v1/queues", context -> json(context, page(List.of())));
                    routes.get(
                            "/api/v1/dispositions",
                            context -> json(context, page(List.of(new Api.Disposition("sold", "Sold", "1")))));
                    routes.get(
                            "/api/v1/break-reasons",
                            context -> json(context, page(List.of(new Api.BreakReason("lunch", "Lunch")))));
                    routes.get("/api/v1/leads", this::leadPage);
                    routes.exception(Refused.class, (no, context) -> {
                        context.status(no.httpStatus());
                        json(context, no.error());
                    });
                    routes.ws("/live", socket -> {
                        socket.onConnect(context -> context.session.setMaxOutgoingFrames(-1));
                        socket.onMessage(context -> received(context, context.message()));
                        socket.onClose(context -> sockets.remove(context));
                    });
                })
                .start("127.0.0.1", at);
    }

    private static void json(Context context, Object value) {
        context.contentType("application/json").result(Json.write(value));
    }

    private static <T> Map<String, Object> page(List<T> items) {
        return Map.of("items", items, "asOf", 0);
    }

    private Person person(UserId id) {
        return id.equals(ann.id()) ? ann : ben;
    }

    private Me me(UserId id) {
        Person who = person(id);
        return new Me(
                id,
                who.name(),
                who.email(),
                Set.of(Role.AGENT),
                Role.AGENT.permissions(),
                new Me.CompanyRef(company, "Demo", "demo", "DE"));
    }

    // --- tokens ---

    private void login(Context context) {
        JsonNode body = Json.read(context.body(), JsonNode.class);
        Person who = body.path("email").asText().equals(ann.email()) ? ann : ben;
        if (!body.path("password").asText().equals(PASSWORD)) {
            throw new Refused(ErrorBody.of("INVALID_CREDENTIALS", "E-mail or password is wrong."), 401);
        }
        json(context, tokens(who.id()));
    }

    private void renew(Context context) {
        String old =
                Json.read(context.body(), JsonNode.class).path("refreshToken").asText();
        UserId who = refresh.remove(old);
        if (who == null) {
            throw new Refused(ErrorBody.of("UNAUTHENTICATED", "This sign-in has ended. Sign in again."), 401);
        }
        refreshes.incrementAndGet();
        json(context, tokens(who));
    }

    private Tokens tokens(UserId who) {
        String one = "a-" + UUID.randomUUID();
        String other = "r-" + UUID.randomUUID();
        access.put(one, who);
        refresh.put(other, who);
        return new Tokens(one, other, tokenLife.toSeconds(), me(who));
    }

    /// Access tokens end; with `all`, refresh tokens too.
    public synchronized void endTokens(boolean all) {
        access.clear();
        if (all) {
            refresh.clear();
        }
        sockets.keySet().forEach(socket -> socket.closeSession(4001, "token"));
    }

    private UserId user(Context context) {
        String header = String.valueOf(context.header("Authorization"));
        UserId who = access.get(header.replace("Bearer ", ""));
        if (who == null) {
            throw new Refused(ErrorBody.of("UNAUTHENTICATED", "Sign in first."), 401);
        }
        return who;
    }

    // --- the log ---

    /// Everything up to now is forgotten: who comes with less is told to load again.
    public synchronized void forgetLog() {
        log.clear();
        seq++;
        oldest = seq + 1;
    }

    public synchronized long event(EventType type, Object data, @Nullable UserId only) {
        Logged entry = new Logged(++seq, Instant.now(), type.wire(), Json.tree(data), only);
        log.add(entry);
        sockets.forEach((socket, user) -> tell(socket, user, entry));
        return entry.seq();
    }

    /// Says something to every socket that is no proper frame.
    public void babble(String text) {
        sockets.keySet().forEach(socket -> socket.send(text));
    }

    private static void tell(WsContext socket, UserId user, Logged entry) {
        if ((entry.only() == null || entry.only().equals(user)) && socket.session.isOpen()) {
            socket.send(Json.write(new Frame.Event(entry.type(), entry.seq(), entry.at(), entry.data())));
        }
    }

    private synchronized void received(WsContext socket, String text) {
        JsonNode frame = Json.read(text, JsonNode.class);
        String type = frame.path("type").asText();
        if (type.equals("hello")) {
            hello(socket, Json.convert(frame, Frame.Hello.class));
            return;
        }
        UserId user = sockets.get(socket);
        Frame.Command command = new Frame.Command(type, frame.path("id").asText(), frame.get("data"));
        if (user == null) {
            return;
        }
        String key = user + command.id();
        Object answer = answers.containsKey(key) ? answers.get(key) : run(user, command);
        answers.put(key, answer);
        socket.send(Json.write(
                answer instanceof Refusal no
                        ? new Frame.Refusal(command.id(), no.body())
                        : new Frame.Reply(command.id(), Json.tree(answer))));
    }

    private void hello(WsContext socket, Frame.Hello hello) {
        hellos.incrementAndGet();
        UserId user = access.get(hello.token());
        if (user == null) {
            socket.send(Json.write(new Frame.Refusal(null, ErrorBody.of("UNAUTHENTICATED", "Sign in again."))));
            socket.closeSession(4001, "token");
            return;
        }
        Long after = hello.after();
        boolean resumed = after != null && after + 1 >= oldest && after <= seq;
        socket.send(Json.write(new Frame.Welcome(me(user), company, seq, resumed, Instant.now())));
        if (!resumed && after != null) {
            socket.send(Json.write(new Frame.Reset(seq)));
        }
        sockets.put(socket, user);
        if (resumed && after != null) {
            long last = after;
            log.stream().filter(entry -> entry.seq() > last).forEach(entry -> tell(socket, user, entry));
        }
    }

    // --- commands ---

    private Object run(UserId user, Frame.Command command) {
        JsonNode data = command.data() == null ? Json.MAPPER.createObjectNode() : command.data();
        if (!command.type().equals("ping") && !command.type().equals("call.media")) {
            if (refusesWrites && !command.type().startsWith("signal")) {
                return no(422, "NOT_TODAY", "Not today.");
            }
            done.add(new Done(command.type(), data));
        }
        return switch (command.type()) {
            case "ping" -> Map.of("at", Instant.now());
            case "signal.send" -> {
                Signal signal = Json.convert(data, Signal.class);
                signals.add(signal);
                yield Map.of();
            }
            case "call.answer" -> answer(user, CallId.of(data.path("call").asText()));
            case "call.decline" -> {
                rings.remove(CallId.of(data.path("call").asText()));
                yield Map.of();
            }
            case "call.hangup" -> {
                Call call = call(CallId.of(data.path("call").asText()));
                if (call.status() == CallStatus.WRAP_UP || call.status() == CallStatus.CLOSED) {
                    yield no(409, "CALL_OVER", "The call is over.");
                }
                yield change(
                        call.id(),
                        EventType.CALL_ENDED,
                        c -> status(c, CallStatus.WRAP_UP, c.agentId(), "agentHangup"));
            }
            case "call.hold" -> changeStatus(data, EventType.CALL_HELD, CallStatus.HELD);
            case "call.resume" -> changeStatus(data, EventType.CALL_RESUMED, CallStatus.ACTIVE);
            case "call.wrapUp" -> {
                if (data.path("disposition").asText().isEmpty()) {
                    yield no(422, "DISPOSITION_REQUIRED", "Choose a disposition.");
                }
                yield changeStatus(data, EventType.CALL_WRAPPED_UP, CallStatus.CLOSED);
            }
            case "call.notes", "call.mute", "call.dtmf", "call.media", "agent.setState", "agent.setNext" -> Map.of();
            case "lead.create" -> {
                Lead lead = lead(data.path("name").asText());
                event(EventType.LEAD_CREATED, new Payload.OfLead(lead), null);
                yield lead;
            }
            default -> no(404, "UNKNOWN_COMMAND", "This server knows no command of that type.");
        };
    }

    private static Refusal no(int status, String code, String message) {
        return new Refusal(status, ErrorBody.of(code, message));
    }

    private Object changeStatus(JsonNode data, EventType type, CallStatus to) {
        return change(CallId.of(data.path("call").asText()), type, c -> status(c, to, c.agentId(), c.endReason()));
    }

    private Object answer(UserId user, CallId id) {
        Call call = call(id);
        UserId owner = call.agentId();
        if (owner != null) {
            ObjectNode details = Json.MAPPER.createObjectNode();
            details.putObject("owner").put("id", owner.toString()).put("name", String.valueOf(call.agentName()));
            return new Refusal(
                    409, new ErrorBody("error", "Somebody was faster.", "CALL_ALREADY_ANSWERED", List.of(), details));
        }
        if (call.status() != CallStatus.RINGING) {
            return no(409, "CALL_OVER", "The call is over.");
        }
        Ring ring = ring(id, user);
        Call won = change(id, EventType.CALL_ANSWERED, c -> status(c, CallStatus.ACTIVE, user, null));
        return Map.of("call", won, "offer", offer(won, ring));
    }

    // --- leads ---

    public synchronized Lead lead(String name) {
        Instant now = Instant.now();
        Lead lead = new Lead(
                new LeadId(UUID.randomUUID()),
                name,
                "+49301234567",
                null,
                "web",
                "new",
                null,
                null,
                null,
                List.of("hot"),
                Map.of(),
                null,
                1,
                now,
                now);
        leads.put(lead.id(), lead);
        return lead;
    }

    private synchronized void leadPage(Context context) {
        user(context);
        int limit = Integer.parseInt(
                context.queryParamAsClass("limit", String.class).getOrDefault("100"));
        int from = Integer.parseInt(
                context.queryParamAsClass("after", String.class).getOrDefault("0"));
        List<Lead> items = leads.values().stream().skip(from).limit(limit).toList();
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", from + limit < leads.size() ? String.valueOf(from + limit) : null);
        page.put("asOf", seq);
        json(context, page);
    }

    // --- calls ---

    public synchronized Call call(CallId id) {
        Call call = calls.get(id);
        if (call == null) {
            throw new Refused(ErrorBody.of("NOT_FOUND", "There is no such call."), 404);
        }
        return call;
    }

    private synchronized void list(Context context) {
        user(context);
        boolean waiting = "waiting".equals(context.queryParam("view"));
        json(
                context,
                page(calls.values().stream()
                        .filter(call -> waiting
                                ? call.status() == CallStatus.QUEUED || call.status() == CallStatus.RINGING
                                : call.status() == CallStatus.ACTIVE || call.status() == CallStatus.HELD)
                        .toList()));
    }

    private synchronized Map<String, @Nullable Object> mine(UserId user) {
        Map<String, @Nullable Object> mine = new LinkedHashMap<>();
        Call current = calls.values().stream()
                .filter(call -> user.equals(call.agentId()))
                .filter(call -> Set.of(CallStatus.ACTIVE, CallStatus.HELD, CallStatus.WRAP_UP)
                        .contains(call.status()))
                .findFirst()
                .orElse(null);
        mine.put("call", current);
        mine.put(
                "offers",
                calls.values().stream()
                        .filter(call -> call.status() == CallStatus.RINGING)
                        .flatMap(call -> rings.getOrDefault(call.id(), List.of()).stream()
                                .filter(ring -> ring.agent().equals(user))
                                .map(ring -> offer(call, ring)))
                        .toList());
        mine.put(
                "links",
                current == null || current.status() == CallStatus.WRAP_UP
                        ? List.of()
                        : List.of(Map.of(
                                "callId", current.id(),
                                "me", ring(current.id(), user).me(),
                                "peer", peer(current),
                                "iceServers", List.of())));
        return mine;
    }

    private Ring ring(CallId call, UserId user) {
        return rings.getOrDefault(call, List.of()).stream()
                .filter(ring -> ring.agent().equals(user))
                .findFirst()
                .orElseThrow(() -> new Refused(ErrorBody.of("NOT_FOUND", "It does not ring at you."), 404));
    }

    private static ParticipantId peer(Call call) {
        return call.participants().getFirst().id();
    }

    private static Offer offer(Call call, Ring ring) {
        return new Offer(call, ring.me(), peer(call), Instant.now().plusSeconds(20), List.of(), null);
    }

    /// A visitor calls and it rings at these.
    public synchronized Call rings(String caller, Person... at) {
        Call call = new Call(
                new CallId(UUID.randomUUID()),
                1,
                CallStatus.RINGING,
                Direction.INBOUND,
                "web",
                null,
                "Sales",
                null,
                new Caller(caller, null),
                1,
                null,
                null,
                null,
                Instant.now(),
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new Participant(
                        new ParticipantId(UUID.randomUUID()),
                        ParticipantKind.CUSTOMER,
                        null,
                        caller,
                        Endpoint.WEB,
                        ParticipantStatus.JOINED,
                        false,
                        false,
                        true,
                        Instant.now(),
                        null,
                        null)));
        calls.put(call.id(), call);
        for (Person agent : at) {
            Ring ring = new Ring(new ParticipantId(UUID.randomUUID()), agent.id());
            rings.computeIfAbsent(call.id(), _ -> new ArrayList<>()).add(ring);
            event(EventType.CALL_OFFERED, new Payload.OfOffer(offer(call, ring)), agent.id());
        }
        return call;
    }

    /// The visitor hangs up, or goes.
    public synchronized void callerLeaves(CallId id) {
        Call call = call(id);
        boolean talked = call.agentId() != null;
        change(
                id,
                EventType.CALL_ENDED,
                c -> status(c, talked ? CallStatus.WRAP_UP : CallStatus.ABANDONED, c.agentId(), "callerHangup"));
    }

    /// The visitor's page says something to an agent's console.
    public synchronized void page(Signal signal, Person to) {
        event(EventType.PARTICIPANT_SIGNALLED, new Payload.OfSignal(signal), to.id());
    }

    private synchronized Call change(CallId id, EventType type, UnaryOperator<Call> how) {
        Call next = how.apply(call(id));
        calls.put(id, next);
        event(type, new Payload.OfCall(next), null);
        return next;
    }

    private Call status(Call c, CallStatus to, @Nullable UserId agent, @Nullable String reason) {
        return new Call(
                c.id(),
                c.version() + 1,
                to,
                c.direction(),
                c.channel(),
                c.queueId(),
                c.queueName(),
                c.topic(),
                c.caller(),
                0,
                agent,
                agent == null ? null : person(agent).name(),
                c.leadId(),
                c.createdAt(),
                c.ringingAt(),
                c.answeredAt(),
                c.endedAt(),
                reason,
                c.wrapUpUntil(),
                c.disposition(),
                c.notes(),
                c.rating(),
                c.participants());
    }

    @Override
    public void close() {
        http.stop();
    }
}
