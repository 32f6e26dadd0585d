package dev.patchbay.desktop.scenes;

import dev.patchbay.desktop.line.LegState;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.DockState.News;
import dev.patchbay.desktop.softphone.Notes;
import dev.patchbay.desktop.softphone.Notice;
import dev.patchbay.desktop.softphone.PhoneActions;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Offer;
import dev.patchbay.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A telephone that does at once what it is asked, moving through the same states as the true one, with a caller who
/// waits and listens. It writes down what it was asked.
public final class DemoPhone implements PhoneActions {
    private static final Duration WRAP_UP = Duration.ofSeconds(30);

    private final PhoneModel model;
    private final UserId me;
    private final InstantSource clock;
    private final List<String> asked = new ArrayList<>();
    private @Nullable String faster;

    DemoPhone(PhoneModel model, UserId me, InstantSource clock) {
        this.model = model;
        this.me = me;
        this.clock = clock;
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// The next answer comes too late: this colleague has the call.
    public void beatenBy(String colleague) {
        faster = colleague;
    }

    public void offer(Offer offer) {
        news(new News.Offered(offer));
    }

    /// The sound comes up.
    public void connected() {
        if (model.state().get() instanceof DockState.InCall in) {
            news(new News.Sound(in.leg(), LegState.CONNECTED));
        }
    }

    public void news(News news) {
        model.state().set(DockState.after(model.state().get(), news, me));
    }

    @Override
    public void answer() {
        if (model.state().get() instanceof DockState.Ringing ringing) {
            answer(ringing.offers().getFirst().call().id());
        }
    }

    @Override
    public void answer(CallId call) {
        if (!(model.state().get() instanceof DockState.Ringing ringing)) {
            return;
        }
        asked.add("answer");
        String winner = faster;
        if (winner != null) {
            faster = null;
            news(new News.Gone(call));
            model.say(new Notice(Notice.Code.ANSWERED_BY_OTHER, winner));
            return;
        }
        ringing.offer(call).ifPresent(offer -> {
            news(new News.Answered(
                    DemoWorld.with(offer.call(), CallStatus.ACTIVE, me, clock.instant(), null, null), offer));
            model.notes().set(new Notes(call, "", Notes.Saved.ON_SERVER));
            connected();
        });
    }

    @Override
    public void decline(CallId call) {
        asked.add("decline");
        news(new News.Gone(call));
    }

    @Override
    public void hangUp() {
        if (model.state().get() instanceof DockState.InCall in) {
            asked.add("hangUp");
            Instant now = clock.instant();
            Call over = DemoWorld.with(in.call(), CallStatus.WRAP_UP, me, null, now, now.plus(WRAP_UP));
            news(new News.Changed(over));
        }
    }

    @Override
    public void mute(boolean on) {
        asked.add(on ? "mute" : "unmute");
        news(new News.Muted(on));
    }

    @Override
    public void hold(boolean on) {
        if (model.state().get() instanceof DockState.InCall in) {
            asked.add(on ? "hold" : "resume");
            news(new News.Held(in.call().id(), on));
        }
    }

    @Override
    public void keypad(String digits) {
        asked.add("keypad " + digits);
    }

    @Override
    public void notes(String text) {
        model.notes().set(new Notes(model.notes().get().call(), text, Notes.Saved.NOT_YET));
    }

    /// What was typed has reached the server.
    public void saved() {
        Notes now = model.notes().get();
        model.notes().set(new Notes(now.call(), now.text(), Notes.Saved.ON_SERVER));
    }

    @Override
    public void wrapUp(@Nullable String disposition) {
        if (model.state().get() instanceof DockState.WrapUp wrap) {
            asked.add("wrapUp " + disposition);
            news(new News.Changed(DemoWorld.with(wrap.call(), CallStatus.CLOSED, me, null, null, null)));
            model.notes().set(Notes.NONE);
        }
    }

    @Override
    public void extend() {
        if (model.state().get() instanceof DockState.WrapUp wrap) {
            asked.add("extend");
            news(new News.Changed(DemoWorld.with(
                    wrap.call(),
                    CallStatus.WRAP_UP,
                    me,
                    null,
                    null,
                    clock.instant().plus(WRAP_UP.multipliedBy(2)))));
        }
    }

    @Override
    public void setState(AgentState state, @Nullable String reason) {
        asked.add("setState " + state.wire());
    }

    @Override
    public void setNext(@Nullable AgentState state, @Nullable String reason) {
        asked.add("setNext " + (state == null ? "" : state.wire()));
    }

    @Override
    public void dismissWarning() {
        model.warning().set(null);
    }
}
