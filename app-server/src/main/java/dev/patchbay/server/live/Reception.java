package dev.patchbay.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Frame;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What clients say: hello, commands, and what is neither.
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Database database;
    private final Authenticator authenticator;
    private final Commands commands;
    private final Presences presences;
    private final Feeds feeds;
    // A thousand clients that come back at once must not take every database connection from REST.
    private final Semaphore lane = new Semaphore(6, true);
    private final CatchUp catchUp;
    private volatile Viewers viewers = _ -> Set.of();

    Reception(Database database, Authenticator authenticator, Commands commands, Presences presences, Feeds feeds) {
        this.database = database;
        this.authenticator = authenticator;
        this.commands = commands;
        this.presences = presences;
        this.feeds = feeds;
        this.catchUp = new CatchUp(database, lane);
    }

    void viewers(Viewers known) {
        viewers = known;
    }

    /// One frame of a client, on a virtual thread.
    void received(Client client, String text) throws InterruptedException {
        JsonNode frame;
        try {
            frame = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            malformed(client, "This is no JSON.");
            return;
        }
        if (!frame.path("type").isTextual()) {
            malformed(client, "A frame is a JSON object with a type.");
            return;
        }
        String type = frame.path("type").textValue();
        Client.Greeted who = client.greeted();
        if (type.equals("hello")) {
            hello(client, frame, who);
        } else if (who == null) {
            malformed(client, "Say hello first.");
        } else if (!frame.path("id").isTextual()) {
            malformed(client, "A command has an id.");
        } else {
            command(client, who, new Frame.Command(type, frame.path("id").textValue(), frame.get("data")));
        }
    }

    private void malformed(Client client, String message) {
        client.send(new Frame.Refusal(null, ErrorBody.of("MALFORMED", message)));
        if (client.countMalformed()) {
            client.close(LiveHub.POLICY, "too many unreadable frames");
        }
    }

    private void command(Client client, Client.Greeted who, Frame.Command sentCommand) throws InterruptedException {
        lane.acquire();
        try {
            JsonNode data = sentCommand.type().equals("auth.renew")
                    ? renew(client, who, sentCommand)
                    : commands.run(who.principal(), who.company(), sentCommand);
            client.send(new Frame.Reply(sentCommand.id(), data));
        } catch (Refusal e) {
            client.send(new Frame.Refusal(sentCommand.id(), e.body()));
        } catch (RuntimeException e) {
            client.send(new Frame.Refusal(sentCommand.id(), unexpected(sentCommand.type(), e)));
        } finally {
            lane.release();
        }
    }

    private static ErrorBody unexpected(String doing, RuntimeException failure) {
        if (Database.isFull(failure)) {
            return Refusal.diskFull().body();
        }
        if (Database.isAway(failure)) {
            return Refusal.unavailable("The database is away. Try again in a moment.")
                    .body();
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("{} failed, the client was told error {}", doing, id, failure);
        return ErrorBody.of("INTERNAL_ERROR", "Something went wrong on the server (" + id + ").");
    }

    private record Renew(String token) {}

    private JsonNode renew(Client client, Client.Greeted who, Frame.Command sentCommand) {
        String token = Commands.body(sentCommand.data(), Renew.class).token();
        Principal principal = authenticator.authenticate(token);
        if (!principal.key().equals(who.principal().key())) {
            throw Refusal.of(403, "FORBIDDEN", "The new token is somebody else's.");
        }
        client.become(greeted(principal, who.company(), token));
        return Json.tree(Map.of("at", database.now()));
    }

    /// Who a client is, and what it may see now.
    Client.Greeted greeted(Principal principal, CompanyId company, String token) {
        return new Client.Greeted(principal, company, token, Audiences.held(principal, viewers));
    }

    private void hello(Client client, JsonNode frame, Client.@Nullable Greeted before) throws InterruptedException {
        if (before != null) {
            malformed(client, "Hello is said once; auth.renew brings a new token.");
            return;
        }
        lane.acquire();
        try {
            Frame.Hello hello = Commands.body(frame, Frame.Hello.class);
            Principal principal = authenticator.authenticate(hello.token());
            CompanyId company =
                    switch (principal) {
                        case Principal.User user -> user.company();
                        case Principal.Visitor visitor -> visitor.company();
                        case Principal.Anonymous _ -> throw Refusal.unauthenticated();
                    };
            welcome(client, hello, greeted(principal, company, hello.token()));
        } catch (Refusal e) {
            client.send(new Frame.Refusal(null, e.body()));
            client.close(
                    e.status() == 401 ? LiveHub.SIGNED_OUT : LiveHub.POLICY,
                    e.body().code());
        } catch (RuntimeException e) {
            client.send(new Frame.Refusal(null, unexpected("hello", e)));
            client.close(LiveHub.TRY_AGAIN, "try again");
        } finally {
            lane.release();
        }
    }

    private void welcome(Client client, Frame.Hello hello, Client.Greeted who) {
        CompanyId company = who.company();
        long last = database.lastSeq(company);
        Long after = hello.after();
        boolean resumed = after != null && after <= last && (after == last || after + 1 >= oldest(company));
        long from = resumed && after != null ? after : last;
        client.sentUpTo(from);
        boolean takesCalls = Boolean.TRUE.equals(hello.takesCalls()) || who.principal() instanceof Principal.Visitor;
        client.greet(who, Topics.of(hello.topics()), takesCalls);
        client.send(new Frame.Welcome(
                who.principal() instanceof Principal.User user ? user.me() : null,
                company,
                last,
                resumed,
                database.now()));
        if (after != null && !resumed) {
            client.send(new Frame.Reset(last));
        }
        catchUp.start(client, feeds.of(company), from);
        Thread.ofVirtual().name("live-came").start(() -> presences.came(client, who.principal()));
    }

    /// The oldest event that is kept; without any, nothing can be resumed.
    private long oldest(CompanyId company) {
        return database.acrossCompanies(
                handle -> handle.createQuery("select min(seq) from event where company_id = :company")
                        .bind("company", company.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(Long.MAX_VALUE));
    }

    /// Checks a client's token and what it may see anew; closes it when its sign-in ended.
    void checkAgain(Client client) {
        Client.Greeted who = client.greeted();
        if (who == null || client.isClosing()) {
            return;
        }
        try {
            Principal principal = authenticator.authenticate(who.token());
            client.become(greeted(principal, who.company(), who.token()));
        } catch (Refusal e) {
            if (e.status() == 429 || e.status() >= 500) {
                LOG.warn("a live client's token could not be checked; it stays until the next check", e);
                return;
            }
            // A token that was renewed meanwhile is not this one.
            Client.Greeted now = client.greeted();
            if (now != null && now.token().equals(who.token())) {
                client.close(LiveHub.SIGNED_OUT, "signed out");
            }
        } catch (RuntimeException e) {
            LOG.warn("a live client's token could not be checked; it stays until the next check", e);
        }
    }
}
