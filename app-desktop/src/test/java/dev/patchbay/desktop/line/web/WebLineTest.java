package dev.patchbay.desktop.line.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.line.Leg;
import dev.patchbay.desktop.line.LegState;
import dev.patchbay.desktop.session.Await;
import dev.patchbay.desktop.session.HandLoop;
import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import dev.patchbay.model.CallId;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signals to voice commands and back, with a clock that is set.
class WebLineTest {
    private final HandLoop loop = new HandLoop();
    private final ScriptedVoice voice = new ScriptedVoice(loop);
    private final List<Signal> sent = new ArrayList<>();
    private final List<LegState> states = new ArrayList<>();
    private final Leg leg = new Leg(
            new CallId(UUID.randomUUID()), new ParticipantId(UUID.randomUUID()), new ParticipantId(UUID.randomUUID()));
    private WebLine line = line();

    private WebLine line() {
        return new WebLine(voice, loop, loop, sent::add, (_, state) -> states.add(state));
    }

    @AfterEach
    void end() {
        line.close();
        voice.close();
    }

    private void until(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            loop.turn();
            return condition.getAsBoolean();
        });
    }

    private List<Signal> offers() {
        return sent.stream().filter(one -> one.kind() == Signal.Kind.OFFER).toList();
    }

    private void peer(Signal.Kind kind, String session, @Nullable String sdp) {
        line.receive(new Signal(leg.call(), leg.peer(), leg.me(), session, kind, sdp, null, null, null));
    }

    private Signal connect() {
        line.warm(leg, List.of());
        until("an offer", () -> !offers().isEmpty());
        Signal offer = offers().getLast();
        peer(Signal.Kind.ANSWER, offer.session(), "v=0");
        until("connected", () -> states.contains(LegState.CONNECTED));
        return offer;
    }

    private VoiceSnapshot.Link link() {
        return voice.snapshot().links().getFirst();
    }

    private long count(Class<? extends VoiceCommand> kind) {
        return voice.received().stream().filter(kind::isInstance).count();
    }

    @Test
    void aWarmLegIsConnectedAndSilentUntilItIsLive() {
        Signal offer = connect();
        assertThat(offer.from()).isEqualTo(leg.me());
        assertThat(offer.to()).isEqualTo(leg.peer());
        assertThat(link().live()).isFalse();
        line.live(leg);
        assertThat(link().live()).isTrue();
        line.hold(leg, true);
        until("an offer in the same session", () -> offers().size() == 2);
        assertThat(offers().getLast().session()).isEqualTo(offer.session());
    }

    @Test
    void whoAnswersAWarmLegHearsThatItIsConnected() {
        connect();
        states.clear();
        line.live(leg);
        until("the state is told anew", () -> states.contains(LegState.CONNECTED));
    }

    @Test
    void aByeOrAnEndClosesTheLink() {
        connect();
        peer(Signal.Kind.BYE, "any", null);
        assertThat(voice.snapshot().links()).isEmpty();
        assertThat(states.getLast()).isEqualTo(LegState.ENDED);
    }

    @Test
    void whatComesLateFromAnOlderSetUpIsPassedOver() {
        connect();
        long before = voice.received().size();
        peer(Signal.Kind.ANSWER, "older", "v=0 old");
        peer(Signal.Kind.RESTART_ICE, "older", null);
        peer(Signal.Kind.CANDIDATE, "older", null);
        assertThat(voice.received()).hasSize((int) before);
    }

    @Test
    void aFailedPathIsSoughtAnewAndWhenThatLeadsToNothingAllIsSetUpAfresh() {
        Signal offer = connect();
        line.live(leg);
        voice.change(link().link(), LinkState.FAILED);
        until("restart", () -> count(VoiceCommand.RestartIce.class) == 1);
        until("the offer of the restart", () -> offers().size() == 2);
        assertThat(offers().getLast().session()).isEqualTo(offer.session());
        assertThat(states.getLast()).isEqualTo(LegState.INTERRUPTED);
        loop.pass(Duration.ofSeconds(9));
        until("afresh", () -> !offers().getLast().session().equals(offer.session()));
        assertThat(voice.snapshot().links()).hasSize(1);
        assertThat(link().live()).isTrue();
    }

    @Test
    void aPathThatIsCutForAMomentIsLeftAlone() {
        connect();
        voice.change(link().link(), LinkState.DISCONNECTED);
        until("interrupted", () -> states.getLast() == LegState.INTERRUPTED);
        loop.pass(Duration.ofSeconds(1));
        voice.change(link().link(), LinkState.CONNECTED);
        until("connected", () -> states.getLast() == LegState.CONNECTED);
        loop.pass(Duration.ofSeconds(60));
        assertThat(count(VoiceCommand.RestartIce.class)).isZero();
        voice.change(link().link(), LinkState.DISCONNECTED);
        until("interrupted again", () -> states.getLast() == LegState.INTERRUPTED);
        loop.pass(Duration.ofSeconds(4));
        assertThat(count(VoiceCommand.RestartIce.class)).isEqualTo(1);
    }

    @Test
    void aDeadEngineIsFollowedByAFreshSetUpAsItWas() {
        Signal offer = connect();
        line.live(leg);
        line.hold(leg, true);
        line.mute(true);
        voice.die("killed");
        until("interrupted", () -> states.getLast() == LegState.INTERRUPTED);
        voice.revive();
        until("afresh", () -> !offers().getLast().session().equals(offer.session()));
        assertThat(link().live()).isTrue();
        assertThat(link().held()).isTrue();
        assertThat(link().muted()).isTrue();
    }

    @Test
    void aNewWindowTakesOverWhatStandsAndClosesWhatIsOver() {
        Signal offer = connect();
        line.live(leg);
        Leg gone = new Leg(new CallId(UUID.randomUUID()), leg.me(), leg.peer());
        line.warm(gone, List.of());
        line.close();
        int commands = voice.received().size();
        line = line();
        line.warm(leg, List.of());
        line.live(leg);
        line.keepOnly(Set.of(leg));
        loop.turn();
        assertThat(voice.snapshot().links()).hasSize(1);
        assertThat(link().link()).endsWith(offer.session());
        assertThat(voice.received().subList(commands, voice.received().size()))
                .hasSize(1)
                .allMatch(VoiceCommand.Close.class::isInstance);
        assertThat(line.link(leg)).contains(link().link());
    }

    @Test
    void aPeerThatAsksForAnOfferOnItsWayGetsThatOneOnly() {
        line.warm(leg, List.of());
        until("an offer", () -> offers().size() == 1);
        peer(Signal.Kind.RENEGOTIATE, "none", null);
        loop.turn();
        assertThat(count(VoiceCommand.Open.class)).isEqualTo(1);
        loop.pass(Duration.ofSeconds(3));
        peer(Signal.Kind.RENEGOTIATE, "none", null);
        until("a fresh one", () -> offers().size() == 2);
        assertThat(voice.snapshot().links()).hasSize(1);
    }
}
