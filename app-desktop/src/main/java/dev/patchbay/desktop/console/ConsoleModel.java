package dev.patchbay.desktop.console;

import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.Loop;
import dev.patchbay.desktop.session.Outbox;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.session.Table;
import dev.patchbay.desktop.shell.ShellModel;
import dev.patchbay.desktop.softphone.PhoneActions;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Me;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What the window shows of a session and a telephone. On the screen's thread, construction too.
public final class ConsoleModel implements ShellModel, AutoCloseable {
    /// Pings come every five seconds; the badge turns amber when one is overdue.
    private static final Duration OVERDUE = Duration.ofSeconds(6);

    private static final String CALLS = "calls";

    private final Session session;
    private final PhoneModel phone;
    private final PhoneActions actions;
    private final Runnable signedOut;
    private final ObjectProperty<@Nullable Me> me = new SimpleObjectProperty<>();
    private final ObjectProperty<Live> live = new SimpleObjectProperty<>(new Live.Connecting());
    private final ObjectProperty<Waiting> waiting = new SimpleObjectProperty<>(new Waiting(0, null));
    private final ObservableList<String> breakReasons = FXCollections.observableArrayList();
    private final ObservableMap<String, Count> badges = FXCollections.observableHashMap();
    private final Subscription bindings;
    private final Table.Registration calls;
    private Loop.Timer overdue = Loop.Timer.NONE;

    /// @param signedOut called when the user signed out here and the session is closed
    public ConsoleModel(Session session, PhoneModel phone, PhoneActions actions, Runnable signedOut) {
        this.session = session;
        this.phone = phone;
        this.actions = actions;
        this.signedOut = signedOut;
        me.set(session.me());
        bindings = Subscription.combine(
                session.live().subscribe(_ -> showLive()),
                session.outbox().kept().subscribe(_ -> showLive()),
                phone.agent().subscribe(_ -> showWaiting()),
                phone.breakReasons()
                        .subscribe(reasons -> breakReasons.setAll(
                                reasons.stream().map(PhoneModel.Choice::name).toList())));
        calls = session.stores().calls().listen(_ -> showWaiting());
    }

    /// The account as the server has it now, after the user changed it.
    void now(Me changed) {
        me.set(changed);
    }

    private void showLive() {
        overdue.cancel();
        int kept = session.outbox().kept().get().waiting();
        switch (session.live().get()) {
            case LiveState.Connecting _ -> live.set(new Live.Connecting());
            case LiveState.Online online -> {
                Duration delay = online.delay() == null ? Duration.ZERO : online.delay();
                live.set(new Live.Connected(delay, Duration.ZERO));
                overdue = session.loop().after(OVERDUE, () -> session.screen().execute(() -> {
                    if (session.live().get() == online) {
                        live.set(new Live.Connected(delay, OVERDUE));
                    }
                }));
            }
            case LiveState.Offline _, LiveState.SignedOut _ -> live.set(new Live.Offline(kept));
        }
    }

    private void showWaiting() {
        List<Call> own = session.stores().calls().all().stream()
                .filter(call -> call.status() == CallStatus.QUEUED || call.status() == CallStatus.RINGING)
                .filter(this::isMine)
                .toList();
        Instant oldest =
                own.stream().map(Call::createdAt).min(Instant::compareTo).orElse(null);
        waiting.set(new Waiting(own.size(), oldest));
        if (own.isEmpty()) {
            badges.remove(CALLS);
        } else {
            badges.put(CALLS, new Count(own.size(), true));
        }
    }

    /// Somebody without queues of their own watches all of them.
    private boolean isMine(Call call) {
        AgentView agent = phone.agent().get();
        return agent == null
                || agent.queues().isEmpty()
                || call.queueId() == null
                || agent.queues().contains(call.queueId());
    }

    /// What the agent wrote and the server has not; see [Outbox] for the way on.
    public Outbox outbox() {
        return session.outbox();
    }

    @Override
    public ObservableValue<@Nullable Me> me() {
        return me;
    }

    @Override
    public ObservableValue<@Nullable AgentView> agent() {
        return phone.agent();
    }

    @Override
    public ObservableList<String> breakReasons() {
        return breakReasons;
    }

    @Override
    public ObservableValue<Live> live() {
        return live;
    }

    @Override
    public ObservableValue<Waiting> waiting() {
        return waiting;
    }

    @Override
    public ObservableMap<String, Count> badges() {
        return badges;
    }

    @Override
    public void setState(AgentState state, @Nullable String reason) {
        actions.setState(state, reason);
    }

    @Override
    public void setNext(@Nullable AgentState state, @Nullable String reason) {
        actions.setNext(state, reason);
    }

    @Override
    public void signOut() {
        Thread.ofVirtual().name("sign-out").start(() -> {
            session.signOut();
            session.screen().execute(signedOut);
        });
    }

    @Override
    public void close() {
        overdue.cancel();
        bindings.unsubscribe();
        calls.close();
    }
}
