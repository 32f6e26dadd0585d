package dev.patchbay.desktop.softphone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.line.Leg;
import dev.patchbay.desktop.line.LegState;
import dev.patchbay.desktop.softphone.DockState.InCall;
import dev.patchbay.desktop.softphone.DockState.News;
import dev.patchbay.desktop.softphone.DockState.Ringing;
import dev.patchbay.desktop.softphone.DockState.WrapUp;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Caller;
import dev.patchbay.model.Direction;
import dev.patchbay.model.Offer;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DockStateTest {
    private static final UserId ME = new UserId(UUID.randomUUID());
    private static final UserId BEN = new UserId(UUID.randomUUID());
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private static Call call(CallId id, long version, CallStatus status, @Nullable UserId agent) {
        return new Call(
                id,
                version,
                status,
                Direction.INBOUND,
                "web",
                null,
                null,
                null,
                new Caller("Maria", null),
                0,
                agent,
                null,
                null,
                NOW,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static Offer offer(Call call) {
        return new Offer(
                call, new ParticipantId(UUID.randomUUID()), new ParticipantId(UUID.randomUUID()), NOW, List.of(), null);
    }

    private static DockState run(DockState from, News... news) {
        DockState state = from;
        for (News one : news) {
            state = DockState.after(state, one, ME);
        }
        return state;
    }

    private final CallId id = new CallId(UUID.randomUUID());
    private final Offer offer = offer(call(id, 2, CallStatus.RINGING, null));
    private final DockState ringing = run(DockState.IDLE, new News.Offered(offer));
    private final DockState talking = run(ringing, new News.Answered(call(id, 3, CallStatus.ACTIVE, ME), offer));

    @Test
    void anOfferRingsAndTheSameOfferTwiceRingsOnce() {
        assertThat(run(ringing, new News.Offered(offer))).isEqualTo(ringing);
        assertThat(((Ringing) ringing).offers()).hasSize(1);
    }

    @Test
    void anotherAgentsAnswerEndsTheRinging() {
        assertThat(run(ringing, new News.Changed(call(id, 3, CallStatus.ACTIVE, BEN))))
                .isEqualTo(DockState.IDLE);
    }

    @Test
    void theEventOfMyOwnAnswerIsAsGoodAsTheReply() {
        DockState byEvent = run(ringing, new News.Answering(id), new News.Changed(call(id, 3, CallStatus.ACTIVE, ME)));
        assertThat(byEvent).isEqualTo(talking);
        assertThat(run(byEvent, new News.Answered(call(id, 3, CallStatus.ACTIVE, ME), offer)))
                .isEqualTo(byEvent);
    }

    @Test
    void anAnswerThatDidNotArriveLeavesTheCallRinging() {
        assertThat(run(ringing, new News.Answering(id), new News.NotAnswered(id)))
                .isEqualTo(ringing);
    }

    @Test
    void olderNewsNeverUndoNewer() {
        assertThat(run(talking, new News.Changed(call(id, 2, CallStatus.RINGING, null))))
                .isEqualTo(talking);
        DockState wrap = run(talking, new News.Changed(call(id, 5, CallStatus.WRAP_UP, ME)));
        assertThat(wrap).isInstanceOf(WrapUp.class);
        assertThat(run(wrap, new News.Changed(call(id, 4, CallStatus.HELD, ME))))
                .isEqualTo(wrap);
    }

    @Test
    void otherNewsDoNotTakeBackAHoldThatIsOnItsWay() {
        DockState asked = run(talking, new News.Held(id, true));
        InCall noted = (InCall) run(asked, new News.Changed(call(id, 5, CallStatus.ACTIVE, ME)));
        assertThat(noted.held()).isTrue();
        InCall done = (InCall) run(noted, new News.Changed(call(id, 6, CallStatus.HELD, ME)));
        assertThat(done.held()).isTrue();
        InCall resumed = (InCall) run(done, new News.Changed(call(id, 7, CallStatus.ACTIVE, ME)));
        assertThat(resumed.held()).isFalse();
    }

    @Test
    void afterHangingUpNothingOldBringsTheCallBack() {
        DockState wrap = run(talking, new News.HungUp(id));
        assertThat(wrap).isInstanceOf(WrapUp.class);
        assertThat(run(wrap, new News.Changed(call(id, 4, CallStatus.ACTIVE, ME))))
                .isEqualTo(wrap);
        DockState ended = run(wrap, new News.Changed(call(id, 5, CallStatus.WRAP_UP, ME)));
        Leg leg = new Leg(id, offer.me(), offer.peer());
        News stale = new News.Truth(List.of(), call(id, 3, CallStatus.ACTIVE, ME), leg, null, false);
        assertThat(run(ended, stale)).isEqualTo(ended);
        assertThat(run(ended, new News.Changed(call(id, 6, CallStatus.CLOSED, ME))))
                .isEqualTo(DockState.IDLE);
    }

    @Test
    void theTruthReplacesWhatIsShown() {
        Leg leg = new Leg(id, offer.me(), offer.peer());
        News truth = new News.Truth(List.of(), call(id, 4, CallStatus.HELD, ME), leg, null, true);
        InCall in = (InCall) run(DockState.IDLE, truth);
        assertThat(in.held()).isTrue();
        assertThat(in.muted()).isTrue();
        assertThat(run(talking, new News.Truth(List.of(), null, null, null, false)))
                .isEqualTo(DockState.IDLE);
        assertThat(run(DockState.IDLE, new News.Truth(List.of(offer), null, null, null, false)))
                .isEqualTo(ringing);
    }

    @Test
    void anyOrderOfAnyNewsEndsWhereTheServerSays() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            List<News> news = new ArrayList<>(List.of(
                    new News.Offered(offer),
                    new News.Changed(call(id, 2, CallStatus.RINGING, null)),
                    new News.Answering(id),
                    new News.Answered(call(id, 3, CallStatus.ACTIVE, ME), offer),
                    new News.Changed(call(id, 3, CallStatus.ACTIVE, ME)),
                    new News.Changed(call(id, 4, CallStatus.HELD, ME)),
                    new News.Held(id, random.nextBoolean()),
                    new News.Muted(random.nextBoolean()),
                    new News.Sound(new Leg(id, offer.me(), offer.peer()), LegState.CONNECTED),
                    new News.HungUp(id),
                    new News.Gone(id),
                    new News.NotAnswered(id),
                    new News.WrapUpSent(id, true)));
            java.util.Collections.shuffle(news, random);
            DockState state = DockState.IDLE;
            for (News one : news) {
                DockState next = DockState.after(state, one, ME);
                assertThat(DockState.after(next, one, ME))
                        .as("twice is once: %s", one)
                        .isEqualTo(next);
                state = next;
            }
            assertThat(run(state, new News.Changed(call(id, 9, CallStatus.CLOSED, ME))))
                    .isEqualTo(DockState.IDLE);
        }
    }
}
