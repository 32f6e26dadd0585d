package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Page;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What agents say about themselves, and what their consoles tell. Every method is one transaction.
public final class Agents {
    private final Floors floors;

    public Agents(Floors floors) {
        this.floors = floors;
    }

    public Page<AgentView> list(CompanyId company) {
        return floors.read(company, transaction -> {
            long asOf = Seq.now(transaction);
            List<AgentView> views = AgentTable.all(transaction).stream()
                    .map(agent -> AgentTable.view(transaction, agent))
                    .toList();
            return new Page<>(views, null, asOf);
        });
    }

    /// Every agent's state by its name on the wire, for the directory.
    public Map<UserId, String> states(CompanyId company) {
        return floors.read(company, transaction -> AgentTable.all(transaction).stream()
                .collect(Collectors.toMap(
                        agent -> agent.user, agent -> agent.standing.state().wire())));
    }

    public AgentView view(CompanyId company, UserId user) {
        return floors.read(company, transaction -> AgentTable.find(transaction, user)
                .map(agent -> AgentTable.view(transaction, agent))
                .orElseThrow(() -> Refusal.notFound("agent")));
    }

    /// The agent chooses a state; during a call it is kept for afterwards.
    ///
    /// @param state `available`, `break` or `offline`
    public AgentView choose(Principal.User user, AgentState state, @Nullable String reason) {
        return chosen(user.company(), user.id(), state, reason, "chosen", null);
    }

    /// A supervisor chooses for an agent.
    public AgentView choose(Principal.User supervisor, UserId agent, AgentState state, @Nullable String reason) {
        return chosen(
                supervisor.company(),
                agent,
                state,
                reason,
                "supervisor",
                supervisor.me().name());
    }

    private AgentView chosen(
            CompanyId company,
            UserId user,
            AgentState state,
            @Nullable String reason,
            String because,
            @Nullable String who) {
        requireChoosable(state);
        requireReason(reason);
        return floors.change(company, floor -> {
            LiveAgent agent = floor.agent(user);
            floor.apply(agent, new AgentEvent.Chose(state, reasonFor(state, reason), because, who));
            if (who != null) {
                floor.transaction.audit(
                        "agent.stateSet", "user:" + user, Map.of("user", agent.name, "state", state.wire()));
            }
            return view(floor, agent);
        });
    }

    /// Chooses in advance what follows the call; null takes the choice back.
    public AgentView chooseNext(Principal.User user, @Nullable AgentState state, @Nullable String reason) {
        if (state != null) {
            requireChoosable(state);
        }
        requireReason(reason);
        return floors.change(user.company(), floor -> {
            LiveAgent agent = floor.agent(user.id());
            floor.apply(agent, new AgentEvent.ChoseNext(state, reasonFor(state, reason)));
            return view(floor, agent);
        });
    }

    private static @Nullable String reasonFor(@Nullable AgentState state, @Nullable String reason) {
        return state == AgentState.BREAK ? reason : null;
    }

    public List<String> skills(CompanyId company, UserId user) {
        return view(company, user).skills();
    }

    /// Takes somebody who leaves the company out of the queues, in the caller's transaction. What rings there is
    /// offered elsewhere; a call in progress goes on to its end.
    public void leave(Transaction transaction, UserId user) {
        floors.within(transaction, floor -> {
            LiveAgent agent = AgentTable.find(transaction, user).map(floor::add).orElse(null);
            if (agent == null) {
                return;
            }
            transaction
                    .update("delete from queue_agent where company_id = :company and user_id = :user")
                    .bind("user", user)
                    .execute();
            floor.changesMembers();
            if (agent.standing.state() == AgentState.RINGING) {
                agent.goodbye = true;
                lost(floor, agent);
            } else {
                floor.apply(agent, new AgentEvent.Chose(AgentState.OFFLINE, null, "leftCompany", null));
            }
            floor.agentChanged(agent);
        });
    }

    /// Before a company closes.
    ///
    /// @throws Refusal 409 `COMPANY_HAS_CALLS` while a call waits or goes on
    public void refuseWhileCallsAreLive(Transaction transaction) {
        floors.within(transaction, floor -> {
            int live = transaction.query("""
                            select count(*) from call where company_id = :company
                            and status in ('queued', 'ringing', 'active', 'held')
                            """).mapTo(Integer.class).one();
            if (live > 0) {
                throw Refusal.conflict("COMPANY_HAS_CALLS", "There are calls in this company.", Map.of("calls", live));
            }
        });
    }

    /// A console that takes calls is on the line.
    public void consoleCame(CompanyId company, UserId user) {
        floors.change(company, floor -> {
            LiveAgent agent = floor.agent(user);
            Lines.came(floor.transaction, user.value(), floor.node);
            if (!agent.connected) {
                agent.connected = true;
                floor.agentChanged(agent);
            }
            agent.goneAt = null;
            agent.goodbye = false;
            floor.apply(agent, new AgentEvent.ConsoleBack());
            legConnected(floor, agent, true);
            return () -> true;
        });
    }

    /// The agent's last console at this node has gone. When no other node has one, nothing is offered to the agent from
    /// now on; the rest follows when the grace of [Deadlines] has passed.
    ///
    /// @param goodbye whether it was closed on purpose: then what rings there is offered elsewhere at once
    public void consoleWent(CompanyId company, UserId user, boolean goodbye) {
        boolean here = floors.read(company, transaction -> AgentTable.find(transaction, user)
                .filter(agent -> agent.connected)
                .isPresent());
        if (!here) {
            return;
        }
        floors.change(company, floor -> {
            LiveAgent agent = floor.agent(user);
            if (Lines.went(floor.transaction, user.value(), floor.node) || !agent.connected) {
                return () -> false;
            }
            agent.connected = false;
            agent.goneAt = floor.now();
            agent.goodbye = goodbye;
            floor.agentChanged(agent);
            legConnected(floor, agent, false);
            if (goodbye && agent.standing.state() == AgentState.RINGING) {
                lost(floor, agent);
            }
            return () -> true;
        });
    }

    private static void legConnected(Floor floor, LiveAgent agent, boolean connected) {
        if (agent.standing.call() == null) {
            return;
        }
        for (Leg leg : floor.call(agent.standing.call()).legs) {
            if (agent.user.equals(leg.user) && leg.leftAt == null) {
                leg.connected = connected;
            }
        }
    }

    /// The grace of a console that has gone is over.
    static void lost(Floor floor, LiveAgent agent) {
        AgentEvent event = agent.goodbye ? new AgentEvent.SignedOff() : new AgentEvent.ConsoleLost();
        switch (agent.standing.state()) {
            case RINGING -> {
                if (agent.standing.call() != null) {
                    LiveCall call = floor.call(agent.standing.call());
                    call.ringingAt(agent.user).ifPresent(leg -> Routing.endOffer(floor, call, leg, "lost", event));
                }
                floor.apply(agent, event);
            }
            case ON_CALL -> {
                if (agent.standing.call() == null) {
                    return;
                }
                LiveCall call = floor.call(agent.standing.call());
                String media = call.customer().map(leg -> leg.media).orElse(null);
                if ("disconnected".equals(media) || "failed".equals(media)) {
                    Endings.agentLost(floor, call, agent);
                }
            }
            case AVAILABLE, MISSED -> floor.apply(agent, event);
            case BREAK, UNREACHABLE -> {
                if (agent.goodbye) {
                    floor.apply(agent, event);
                }
            }
            case OFFLINE, WRAP_UP -> {}
        }
    }

    private static Supplier<AgentView> view(Floor floor, LiveAgent agent) {
        return () -> AgentTable.view(floor.transaction, agent);
    }

    private static void requireChoosable(AgentState state) {
        switch (state) {
            case AVAILABLE, BREAK, OFFLINE -> {}
            case RINGING, ON_CALL, WRAP_UP, MISSED, UNREACHABLE ->
                throw Refusal.invalid("state", "state is available, break or offline.");
        }
    }

    private static void requireReason(@Nullable String reason) {
        if (reason != null && reason.length() > 100) {
            throw Refusal.invalid("reason", "reason has at most 100 characters.");
        }
    }
}
