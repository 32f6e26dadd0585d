package dev.patchbay.desktop.console;

import dev.patchbay.desktop.session.LiveState;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// What the shell shows of a session. On the JavaFX thread; [#close] lets go of the session.
final class SessionShell implements ShellModel {
    private final Session session;
    private final PhoneModel phone;
    private final PhoneActions actions;
    private final InstantSource clock;
    private final Runnable signOut;
    private final ObjectProperty<@Nullable Me> me = new SimpleObjectProperty<>();
    private final ObservableList<String> breakReasons = FXCollections.observableArrayList();
    private final ObjectProperty<Live> live = new SimpleObjectProperty<>(new Live.Connecting());
    private final ObjectProperty<Waiting> waiting = new SimpleObjectProperty<>(new Waiting(0, null));
    private final ObservableMap<String, Count> badges = FXCollections.observableHashMap();
    private final List<Runnable> unbind = new ArrayList<>();
    private final Timeline beat = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> line()));

    SessionShell(Session session, PhoneModel phone, PhoneActions actions, InstantSource clock, Runnable signOut) {
        this.session = session;
        this.phone = phone;
        this.actions = actions;
        this.clock = clock;
        this.signOut = signOut;
        me.set(session.me());
        Table.Registration calls = session.stores().calls().listen(_ -> callers());
        unbind.add(calls::close);
        Table.Registration leads = session.stores().leads().listen(_ -> tank());
        unbind.add(leads::close);
        unbind.add(session.live().subscribe(_ -> line())::unsubscribe);
        unbind.add(session.outbox().kept().subscribe(_ -> line())::unsubscribe);
        unbind.add(phone.breakReasons()
                .subscribe(all -> breakReasons.setAll(
                        all.stream().map(PhoneModel.Choice::name).toList()))::unsubscribe);
        beat.setCycleCount(Animation.INDEFINITE);
        beat.play();
    }

    private void callers() {
        List<Call> all = session.stores().calls().all().stream()
                .filter(call -> call.status() == CallStatus.QUEUED || call.status() == CallStatus.RINGING)
                .toList();
        Instant oldest =
                all.stream().map(Call::createdAt).min(Comparator.naturalOrder()).orElse(null);
        waiting.set(new Waiting(all.size(), oldest));
        badge("calls", all.size(), true);
    }

    private void tank() {
        long free = session.stores().leads().all().stream()
                .filter(lead -> lead.ownerId() == null)
                .count();
        badge("leads", (int) free, false);
    }

    private void badge(String screen, int number, boolean urgent) {
        if (number == 0) {
            badges.remove(screen);
        } else {
            badges.put(screen, new Count(number, urgent));
        }
    }

    private void line() {
        live.set(
                switch (session.live().get()) {
                    case LiveState.Connecting _ -> new Live.Connecting();
                    case LiveState.Online online -> {
                        Duration delay = online.delay();
                        Duration silent = Duration.between(online.heard(), clock.instant());
                        yield new Live.Connected(delay == null ? Duration.ZERO : delay, silent);
                    }
                    case LiveState.Offline _, LiveState.SignedOut _ ->
                        new Live.Offline(session.outbox().kept().get().waiting());
                });
    }

    void close() {
        beat.stop();
        unbind.forEach(Runnable::run);
        unbind.clear();
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
        signOut.run();
    }
}
