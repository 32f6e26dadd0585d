package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Frame;
import dev.patchbay.model.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The line to the server: events in order, each once, over however many sockets it takes; commands with ids, answered
/// once each.
///
/// A socket that breaks, or falls silent, is replaced; the new one says the number of the last event and gets what was
/// missed. Commands without an answer are sent again under the same id, which the server does not do twice.
///
/// Not promised: that a command given as immediate was not done when it fails after it was sent.
///
/// Everything but construction runs on the loop.
public final class LiveLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveLink.class);
    /// Refusals of the hello that a new access token may mend.
    private static final Set<String> TOKEN_CODES =
            Set.of("UNAUTHORIZED", "UNAUTHENTICATED", "TOKEN_EXPIRED", "TOKEN_INVALID", "INVALID_TOKEN", "NO_TOKEN");

    /// Close codes of this server: the token is no good any more; another console took this one's place.
    private static final int TOKEN_REFUSED = 4001;

    private static final int DISPLACED = 4008;

    private final URI address;
    private final Trust trust;
    private final Tickets tickets;
    private final Passport passport;
    private final Timing timing;
    private final Loop loop;
    private final Executor background;
    private final InstantSource clock;
    private final Listener listener;

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private @Nullable LiveSocket socket;
    private int generation;
    private int failures;
    private boolean closed;
    private boolean welcomed;
    private boolean malformedTold;
    /// A reset came; the welcome that follows is not the rest of the story.
    private boolean welcomeIncomplete;
    /// Where the story begins anew after an incomplete welcome; -1 otherwise.
    private long incompleteFrom = -1;
    private String pingId = "";
    private long pingSent;
    private @Nullable Long last;
    private @Nullable String ticket;
    private @Nullable String refusedTicket;
    private LiveState state;
    private Loop.Timer timer = Loop.Timer.NONE;
    private Loop.Timer retry = Loop.Timer.NONE;
    private long heard;

    /// How patient the line is.
    ///
    /// @param ping how often the delay is measured
    /// @param silence how long after a ping nothing may be heard
    /// @param firstRetry at most this long after a cut the first attempt begins
    /// @param cap at most this long between attempts
    /// @param connect how long an attempt may take
    /// @param answer how long an immediate command may take
    public record Timing(
            Duration ping, Duration silence, Duration firstRetry, Duration cap, Duration connect, Duration answer) {
        public static final Timing USUAL = new Timing(
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                // A server that is back is found within two seconds, so that the state is right again within five.
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(8));
    }

    /// Who says hello.
    ///
    /// @param device id of this installation
    /// @param takesCalls whether this console has a voice process
    public record Passport(String device, boolean takesCalls, List<String> topics) {
        public Passport {
            topics = List.copyOf(topics);
        }
    }

    /// Gives access tokens; blocks.
    public interface Tickets {
        /// One that holds as long as the link does, as a visitor's.
        static Tickets always(String token) {
            return new Tickets() {
                @Override
                public String access() {
                    return token;
                }

                @Override
                public String instead(String refused) {
                    return token;
                }
            };
        }

        String access();

        /// Another one than this, which was refused.
        String instead(String refused);
    }

    /// Hears what comes, on the loop.
    public interface Listener {
        /// The line is up.
        ///
        /// @param complete whether everything since the last event follows; false: load the lists again
        void welcome(Frame.Welcome welcome, boolean complete);

        /// What is known is too old: load the lists again.
        void reset();

        void event(Frame.Event event);

        void state(LiveState now);
    }

    private static final class Waiting {
        final String id;
        final String frame;
        final Consumer<Answer> answer;
        Loop.Timer end = Loop.Timer.NONE;

        Waiting(String id, String frame, Consumer<Answer> answer) {
            this.id = id;
            this.frame = frame;
            this.answer = answer;
        }
    }

    public LiveLink(
            URI address,
            Trust trust,
            Tickets tickets,
            Passport passport,
            Timing timing,
            Loop loop,
            Executor background,
            InstantSource clock,
            Listener listener) {
        this.address = address;
        this.trust = trust;
        this.tickets = tickets;
        this.passport = passport;
        this.timing = timing;
        this.loop = loop;
        this.background = background;
        this.clock = clock;
        this.listener = listener;
        this.state = new LiveState.Connecting(clock.instant());
    }

    public void start() {
        loop.execute(this::connect);
    }

    /// Starts with what happened after this event, instead of with what happens from now on.
    ///
    /// @param seq the last event that is known already
    public void start(long seq) {
        loop.execute(() -> {
            last = seq;
            connect();
        });
    }

    boolean online() {
        return welcomed;
    }

    /// Sends a command that makes sense now only.
    public void ask(String type, String id, JsonNode data, Consumer<Answer> answer) {
        if (!welcomed) {
            answer.accept(new Answer.Failed(
                    new Unreachable(Unreachable.Reason.OFFLINE, "There is no line to the server now.")));
            return;
        }
        expire(send(type, id, data, answer), timing.answer());
    }

    /// Sends a command now or, when the line is not there, as soon as it is; again and again until it is answered.
    ///
    /// @param patience null: for as long as it takes
    public void insist(String type, String id, JsonNode data, @Nullable Duration patience, Consumer<Answer> answer) {
        Waiting command = send(type, id, data, answer);
        if (patience != null) {
            expire(command, patience);
        }
    }

    private Waiting send(String type, String id, JsonNode data, Consumer<Answer> answer) {
        Waiting command = new Waiting(id, Json.write(new Frame.Command(type, id, data)), answer);
        waiting.put(id, command);
        if (welcomed) {
            transmit(command.frame);
        }
        return command;
    }

    private void expire(Waiting command, Duration patience) {
        command.end = loop.after(patience, () -> {
            if (waiting.remove(command.id, command)) {
                command.answer.accept(new Answer.Failed(
                        new Unreachable(Unreachable.Reason.SILENT, "The server did not answer in time.")));
            }
        });
    }

    private void transmit(String frame) {
        LiveSocket now = socket;
        if (now != null) {
            now.transmit(frame);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++generation;
        String refused = refusedTicket;
        background.execute(() -> {
            try {
                String token = refused == null ? tickets.access() : tickets.instead(refused);
                LiveSocket next = new LiveSocket(
                        address,
                        trust,
                        timing.connect(),
                        text -> loop.execute(() -> hear(mine, text)),
                        (code, why) -> loop.execute(() -> ended(mine, code, why)));
                loop.execute(() -> open(mine, next, token));
            } catch (Refused no) {
                loop.execute(() -> refused(mine, no));
            } catch (Unreachable away) {
                loop.execute(() -> lost(mine, String.valueOf(away.getMessage())));
            }
        });
    }

    private void open(int mine, LiveSocket next, String token) {
        if (closed || mine != generation) {
            return;
        }
        socket = next;
        ticket = token;
        refusedTicket = null;
        next.open(Json.write(
                new Hello("hello", token, last, passport.topics(), passport.device(), passport.takesCalls())));
        // A server that takes the socket and says nothing is no line.
        timer.cancel();
        timer = loop.after(
                timing.connect().multipliedBy(2), () -> lost(mine, "The server did not welcome this console."));
    }

    private record Hello(
            String type,
            String token,

            @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
            @Nullable
            Long after,

            List<String> topics,
            String device,
            boolean takesCalls) {}

    private void refused(int mine, Refused no) {
        if (no.httpStatus() != 401 && no.httpStatus() != 403 && no.httpStatus() != 400) {
            lost(mine, no.error().message());
            return;
        }
        if (closed || mine != generation) {
            return;
        }
        signedOut(no.error().message());
    }

    /// Ends the line for good; what waits fails.
    void signedOut(String why) {
        if (closed) {
            return;
        }
        state(new LiveState.SignedOut(why));
        end(new Unreachable(Unreachable.Reason.SIGNED_OUT, why));
    }

    private void ended(int mine, int code, String why) {
        if (closed || mine != generation) {
            return;
        }
        if (code == DISPLACED) {
            signedOut("This user has too many consoles open; this one gave way.");
            return;
        }
        if (code == TOKEN_REFUSED) {
            refusedTicket = ticket;
        }
        lost(mine, why);
    }

    private void lost(int mine, String why) {
        if (closed || mine != generation) {
            return;
        }
        generation++;
        LiveSocket broken = socket;
        socket = null;
        if (broken != null) {
            broken.drop();
        }
        timer.cancel();
        Instant since = state instanceof LiveState.Offline offline ? offline.since() : clock.instant();
        boolean wasUp = welcomed;
        welcomed = false;
        failures = wasUp ? 0 : failures + 1;
        state(new LiveState.Offline(since, why));
        Duration pause = pause(failures);
        if (wasUp) {
            LOG.info("the line broke ({}); tried again in {} ms, from event {}", why, pause.toMillis(), last);
        }
        retry.cancel();
        retry = loop.after(pause, this::connect);
    }

    /// Doubles up to the cap, with jitter over the upper half, so that a hundred consoles do not come back at once.
    private Duration pause(int attempts) {
        long most = Math.min(timing.cap().toMillis(), timing.firstRetry().toMillis() << Math.min(attempts, 16));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    /// Tries at once instead of after the pause: the network has just come back.
    void hurry() {
        if (!welcomed && !closed && socket == null) {
            retry.cancel();
            connect();
        } else if (welcomed) {
            ping(generation);
        }
    }

    private void hear(int mine, String text) {
        if (closed || mine != generation) {
            return;
        }
        heard = System.nanoTime();
        JsonNode frame;
        String type;
        try {
            frame = Json.read(text, JsonNode.class);
            type = frame.path("type").asText();
            switch (type) {
                case "welcome" -> welcome(Json.convert(frame, Frame.Welcome.class));
                case "reset" -> reset(Json.convert(frame, Frame.Reset.class));
                case "reply" -> {
                    if (!frame.path("to").isTextual()) {
                        throw new IllegalArgumentException("a reply to nothing");
                    }
                    Frame.Reply reply = Json.convert(frame, Frame.Reply.class);
                    JsonNode data = reply.data();
                    answered(reply.to(), new Answer.Done(data == null ? NullNode.instance : data));
                }
                case "error" -> refusal(mine, Json.convert(frame, Frame.Refusal.class));
                case "" -> malformed("it has no type");
                default -> event(Json.convert(frame, Frame.Event.class));
            }
        } catch (IllegalArgumentException e) {
            malformed(e.getMessage());
        }
    }

    /// Comes before or after a welcome that says the same, or alone.
    private void reset(Frame.Reset reset) {
        if (!welcomed) {
            welcomeIncomplete = true;
        } else if (incompleteFrom != reset.seq()) {
            last = reset.seq();
            listener.reset();
        }
    }

    /// Brings the server a new token, so that it need not cut the socket when the old one ends.
    void renew(String token) {
        if (welcomed && !token.equals(ticket)) {
            ticket = token;
            transmit(Json.write(new Frame.Command(
                    "auth.renew",
                    "renew-" + UUID.randomUUID(),
                    Json.MAPPER.createObjectNode().put("token", token))));
        }
    }

    private void welcome(Frame.Welcome welcome) {
        boolean complete = last != null && welcome.resumed() && !welcomeIncomplete;
        welcomeIncomplete = false;
        incompleteFrom = complete ? -1 : welcome.seq();
        if (!complete) {
            last = welcome.seq();
        }
        failures = 0;
        malformedTold = false;
        welcomed = true;
        state(new LiveState.Online(null, clock.instant()));
        List<Waiting> again = new ArrayList<>(waiting.values());
        listener.welcome(welcome, complete);
        again.stream()
                .filter(command -> waiting.get(command.id) == command)
                .forEach(command -> transmit(command.frame));
        ping(generation);
    }

    private void event(Frame.Event event) {
        Long before = last;
        if (event.seq() > 0 && before != null && event.seq() <= before) {
            return;
        }
        if (event.seq() > 0) {
            last = event.seq();
        }
        listener.event(event);
    }

    private void refusal(int mine, Frame.Refusal refusal) {
        ErrorBody error = refusal.error();
        if (refusal.to() != null) {
            answered(refusal.to(), new Answer.No(error));
        } else if (!welcomed || TOKEN_CODES.contains(error.code())) {
            if (TOKEN_CODES.contains(error.code())) {
                refusedTicket = ticket;
            }
            lost(mine, error.message());
        } else {
            malformed("the server could not read a frame of ours: " + error.message());
        }
    }

    private void answered(String id, Answer answer) {
        if (id.equals(pingId)) {
            pingId = "";
            state(new LiveState.Online(Duration.ofNanos(System.nanoTime() - pingSent), clock.instant()));
            return;
        }
        Waiting command = waiting.remove(id);
        if (command != null) {
            command.end.cancel();
            command.answer.accept(answer);
        }
    }

    /// One line for a connection: a broken peer must not fill the disk.
    private void malformed(@Nullable String why) {
        if (!malformedTold) {
            malformedTold = true;
            LOG.warn("a frame was passed over: {}; later ones of this connection are passed over silently", why);
        }
    }

    private void ping(int mine) {
        if (closed || mine != generation || !welcomed) {
            return;
        }
        // A ping belongs to one socket and is not sent again on the next, so it is not among the waiting ones.
        String id = "ping-" + UUID.randomUUID();
        long sent = System.nanoTime();
        pingId = id;
        pingSent = sent;
        transmit(Json.write(new Frame.Command("ping", id, Json.MAPPER.createObjectNode())));
        timer.cancel();
        timer = loop.after(timing.silence(), () -> {
            if (heard - sent < 0) {
                lost(mine, "The server has fallen silent.");
            } else {
                timer = loop.after(timing.ping().minus(timing.silence()), () -> ping(mine));
            }
        });
    }

    private void state(LiveState next) {
        state = next;
        listener.state(next);
    }

    private void end(Unreachable why) {
        closed = true;
        welcomed = false;
        generation++;
        timer.cancel();
        retry.cancel();
        LiveSocket now = socket;
        socket = null;
        if (now != null) {
            now.drop();
        }
        List<Waiting> left = List.copyOf(waiting.values());
        waiting.clear();
        left.forEach(command -> {
            command.end.cancel();
            command.answer.accept(new Answer.Failed(why));
        });
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (!closed) {
                end(new Unreachable(Unreachable.Reason.SIGNED_OUT, "The console is being closed."));
            }
        });
    }
}
