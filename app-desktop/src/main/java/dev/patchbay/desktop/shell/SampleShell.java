package dev.patchbay.desktop.shell;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Because;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Me;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// A session without a server: sample people for pictures and for trying the window. It obeys as the server would: a
/// state asked for is the state from now on.
public final class SampleShell implements ShellModel {
    private final ObjectProperty<@Nullable Me> me = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable AgentView> agent = new SimpleObjectProperty<>();
    private final ObservableList<String> breakReasons = FXCollections.observableArrayList();
    private final ObjectProperty<Live> live =
            new SimpleObjectProperty<>(new Live.Connected(Duration.ofMillis(40), Duration.ZERO));
    private final ObjectProperty<Waiting> waiting = new SimpleObjectProperty<>();
    private final ObservableMap<String, Count> badges = FXCollections.observableHashMap();
    private final List<String> wishes = new ArrayList<>();
    private final Instant now;

    /// Anna Keller on a call with Maria Lopez for 2:41.
    ///
    /// @param now the time of the picture; set the shared ticker to it
    public SampleShell(Instant now, Role role) {
        this.now = now;
        UserId id = new UserId(new java.util.UUID(7, 1));
        me.set(new Me(
                id,
                "Anna Keller",
                "anna@demo.test",
                Set.of(role),
                role.permissions(),
                new Me.CompanyRef(new CompanyId(new java.util.UUID(7, 2)), "Solar Demo", "demo", "DE")));
        agent.set(new AgentView(
                id,
                "Anna Keller",
                AgentState.ON_CALL,
                null,
                now.minusSeconds(161),
                new Because("answered", "Maria Lopez"),
                null,
                null,
                null,
                true,
                List.of(),
                List.of(),
                1));
        breakReasons.addAll("Lunch", "Training", "Short break");
        waiting.set(new Waiting(3, now.minusSeconds(48)));
        badges.put("calls", new Count(2, true));
        badges.put("leads", new Count(10, false));
    }

    @Override
    public ObjectProperty<@Nullable Me> me() {
        return me;
    }

    @Override
    public ObjectProperty<@Nullable AgentView> agent() {
        return agent;
    }

    @Override
    public ObservableList<String> breakReasons() {
        return breakReasons;
    }

    @Override
    public ObjectProperty<Live> live() {
        return live;
    }

    @Override
    public ObjectProperty<Waiting> waiting() {
        return waiting;
    }

    @Override
    public ObservableMap<String, Count> badges() {
        return badges;
    }

    /// What was asked for, in order, such as `state break Lunch`.
    public List<String> wishes() {
        return List.copyOf(wishes);
    }

    @Override
    public void setState(AgentState state, @Nullable String reason) {
        wishes.add("state " + state.wire() + (reason == null ? "" : " " + reason));
        change(state, reason, now, new Because("chosen", null), null, null);
    }

    @Override
    public void setNext(@Nullable AgentState state, @Nullable String reason) {
        wishes.add("next " + (state == null ? "none" : state.wire()) + (reason == null ? "" : " " + reason));
        AgentView before = agent.get();
        if (before != null) {
            change(before.state(), before.reason(), before.since(), before.because(), state, reason);
        }
    }

    @Override
    public void signOut() {
        wishes.add("sign out");
        me.set(null);
    }

    /// Puts the sample agent into a state.
    public void change(
            AgentState state,
            @Nullable String reason,
            Instant since,
            Because because,
            @Nullable AgentState next,
            @Nullable String nextReason) {
        AgentView was = agent.get();
        if (was != null) {
            agent.set(new AgentView(
                    was.userId(),
                    was.name(),
                    state,
                    reason,
                    since,
                    because,
                    null,
                    next,
                    nextReason,
                    true,
                    was.queues(),
                    was.skills(),
                    was.version() + 1));
        }
    }
}
