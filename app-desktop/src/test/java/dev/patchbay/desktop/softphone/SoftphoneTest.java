package dev.patchbay.desktop.softphone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.session.Await;
import dev.patchbay.desktop.session.Desk;
import dev.patchbay.desktop.session.FaultProxy;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.PretendServer;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.softphone.DockState.Idle;
import dev.patchbay.desktop.softphone.DockState.InCall;
import dev.patchbay.desktop.softphone.DockState.Ringing;
import dev.patchbay.desktop.softphone.DockState.WrapUp;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The softphone on a real session over real sockets, with a scripted voice.
class SoftphoneTest {
    private final PretendServer server = new PretendServer();
    private final FaultProxy network;
    private ScriptedVoice voice = new ScriptedVoice(InstantSource.system());
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private Desk desk;
    private Session session;
    private Softphone phone;

    SoftphoneTest() throws IOException {
        network = new FaultProxy(server.port());
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        desk = new Desk(folder);
        open(desk.ann(PretendServer.at(network.port())));
    }

    private void open(Session next) {
        session = next;
        phone = new Softphone(session, voice, InstantSource.system());
        phone.model().onNotice(notices::add);
        session.start();
        Await.until("online", this::online);
    }

    @AfterEach
    void end() throws IOException {
        phone.close();
        session.close();
        desk.close();
        network.close();
        server.close();
    }

    private boolean online() {
        return session.live().get() instanceof LiveState.Online;
    }

    private DockState dock() {
        return phone.model().state().get();
    }

    private <T extends DockState> T dock(Class<T> kind) {
        return Await.kind(kind, this::dock);
    }

    private Call talk() {
        Call call = server.rings("Maria", server.ann);
        dock(Ringing.class);
        phone.answer();
        dock(InCall.class);
        pageAnswers(call);
        Await.until(
                "sound",
                () -> dock() instanceof InCall in && in.sound() == dev.patchbay.desktop.line.LegState.CONNECTED);
        return call;
    }

    /// The visitor's page answers the newest offer.
    private void pageAnswers(Call call) {
        Await.until("an offer", () -> !offers(call).isEmpty());
        Signal offer = offers(call).getLast();
        server.page(
                new Signal(
                        call.id(),
                        offer.to(),
                        offer.from(),
                        offer.session(),
                        Signal.Kind.ANSWER,
                        "v=0",
                        null,
                        null,
                        null),
                server.ann);
    }

    private List<Signal> offers(Call call) {
        return server.signals.stream()
                .filter(one -> one.call().equals(call.id()) && one.kind() == Signal.Kind.OFFER)
                .toList();
    }

    private List<VoiceSnapshot.Link> links() {
        return voice.snapshot().links();
    }

    private List<String> done(String type) {
        return server.done.stream()
                .filter(one -> one.type().equals(type))
                .map(one -> one.data().toString())
                .toList();
    }

    @Test
    void aCallRingsIsWarmAnsweredTalkedWrittenUpAndOver() {
        Call call = server.rings("Maria", server.ann);
        dock(Ringing.class);
        Await.until("rings", () -> voice.received().contains(new VoiceCommand.Ring(true)));
        Await.until("warm", () -> links().size() == 1);
        assertThat(links().getFirst().live()).isFalse();
        pageAnswers(call);
        phone.answer();
        dock(InCall.class);
        Await.until("live", () -> links().getFirst().live());
        Await.until("rings no more", () -> voice.received().contains(new VoiceCommand.Ring(false)));
        phone.mute(true);
        phone.hold(true);
        Await.until("held by the server too", () -> server.call(call.id()).status() == CallStatus.HELD);
        Await.until(
                "held and muted",
                () -> links().getFirst().held() && links().getFirst().muted());
        phone.hold(false);
        phone.mute(false);
        phone.keypad("12#");
        Await.until("tones", () -> !done("call.dtmf").isEmpty());
        phone.notes("wants a quote");
        Await.until("notes at the server", () -> phone.model().notes().get().saved() == Notes.Saved.ON_SERVER);
        phone.hangUp();
        dock(WrapUp.class);
        Await.until("the line is closed", () -> links().isEmpty());
        Await.until("the server knows", () -> server.call(call.id()).status() == CallStatus.WRAP_UP);
        phone.wrapUp("sold");
        dock(Idle.class);
        assertThat(done("call.wrapUp").getLast()).contains("sold").contains("wants a quote");
        assertThat(notices).isEmpty();
    }

    @Test
    void whoLosesTheRaceIsToldWhoWon() throws IOException {
        Call call = server.rings("Maria", server.ann, server.ben);
        dock(Ringing.class);
        try (Desk other = new Desk(desk.folder.root().resolve("ben"));
                Session bens = other.signIn.signIn(server.address(), "ben@example.test", PretendServer.PASSWORD)) {
            bens.start();
            Await.until("Ben is online", () -> bens.live().get() instanceof LiveState.Online);
            // Ann's console does not hear of Ben's win before it asks: its line is slow.
            network.slow(java.time.Duration.ofMillis(150));
            List<Object> answers = new CopyOnWriteArrayList<>();
            bens.ask("call.answer", Map.of("call", call.id()), answers::add);
            phone.answer();
            dock(Idle.class);
            Await.until(
                    "said", () -> !notices.isEmpty() || server.call(call.id()).agentId() != null);
        }
        Await.until("nothing is left", () -> links().isEmpty());
        assertThat(server.call(call.id()).agentName()).isEqualTo("Ben Busy");
    }

    @Test
    void ringingStopsAtOnceWhenTheCallerLeaves() {
        Call call = server.rings("Maria", server.ann);
        dock(Ringing.class);
        Await.until("warm", () -> links().size() == 1);
        server.callerLeaves(call.id());
        dock(Idle.class);
        Await.until("closed", () -> links().isEmpty());
        Await.until(
                "quiet",
                () -> voice.received().getLast().equals(new VoiceCommand.Ring(false))
                        || voice.received().contains(new VoiceCommand.Ring(false)));
    }

    @Test
    void aNewWindowFindsItsCallAndTouchesNoSound() {
        Call call = talk();
        phone.mute(true);
        Await.until("muted", () -> links().getFirst().muted());
        VoiceSnapshot.Link before = links().getFirst();
        phone.close();
        session.close();
        int sent = voice.received().size();
        int offers = offers(call).size();
        open(desk.signIn.resume().orElseThrow());
        InCall in = dock(InCall.class);
        assertThat(in.call().id()).isEqualTo(call.id());
        Await.until("muted as before", () -> dock() instanceof InCall now && now.muted());
        assertThat(links()).containsExactly(before);
        assertThat(offers(call)).hasSize(offers);
        assertThat(voice.received().subList(sent, voice.received().size()))
                .noneMatch(VoiceCommand.Open.class::isInstance)
                .noneMatch(VoiceCommand.Close.class::isInstance)
                .noneMatch(VoiceCommand.Live.class::isInstance)
                .noneMatch(new VoiceCommand.Mute(null, false)::equals);
    }

    @Test
    void aDeadVoiceProcessIsReplacedAndTheSoundSetUpAfresh() {
        Call call = talk();
        String session = offers(call).getLast().session();
        voice.die("killed");
        Await.until("said", () -> phone.model().trouble().get() instanceof VoiceTrouble.Restarting);
        voice.revive();
        Await.until("a new set-up", () -> !offers(call).getLast().session().equals(session));
        pageAnswers(call);
        Await.until(
                "sound again",
                () -> dock() instanceof InCall in && in.sound() == dev.patchbay.desktop.line.LegState.CONNECTED);
        assertThat(links()).hasSize(1);
        assertThat(links().getFirst().live()).isTrue();
        Await.until("no trouble", () -> phone.model().trouble().get() instanceof VoiceTrouble.None);
    }

    @Test
    void aCutSocketLeavesTheCallAloneAndAHangUpIsSentLater() {
        Call call = talk();
        VoiceSnapshot.Link link = links().getFirst();
        network.cut();
        Await.until("cut", () -> !online());
        assertThat(dock()).isInstanceOf(InCall.class);
        assertThat(links()).containsExactly(link);
        phone.hangUp();
        dock(WrapUp.class);
        Await.until("closed here", () -> links().isEmpty());
        network.mend();
        Await.until("the server knows", () -> server.call(call.id()).status() == CallStatus.WRAP_UP);
        assertThat(done("call.hangup")).hasSize(1);
        assertThat(dock()).isInstanceOf(WrapUp.class);
    }

    @Test
    void aServerThatStartsAgainFindsTheCallAsItIs() {
        talk();
        VoiceSnapshot.Link link = links().getFirst();
        server.stop();
        Await.until("cut", () -> !online());
        server.startAgain();
        Await.until("back", this::online);
        Call second = server.rings("Next", server.ann);
        Await.until(
                "news come again",
                () -> session.stores().calls().find(second.id()).isPresent());
        assertThat(dock()).isInstanceOf(InCall.class);
        assertThat(links()).containsExactly(link);
    }

    @Test
    void aCallThatEndedWhileTheLineWasCutIsWrittenUpAfterwards() {
        Call call = talk();
        network.cut();
        Await.until("cut", () -> !online());
        server.callerLeaves(call.id());
        network.mend();
        dock(WrapUp.class);
        Await.until("closed", () -> links().isEmpty());
    }

    @Test
    void aCallThatRingsIsNotAnsweredWithoutALineAndSaysSo() {
        server.rings("Maria", server.ann);
        dock(Ringing.class);
        network.cut();
        Await.until("cut", () -> !online());
        phone.answer();
        Await.until("said", () -> notices.contains(new Notice(Notice.Code.NO_LINE, "")));
        assertThat(dock(Ringing.class).answering()).isNull();
        assertThat(links().getFirst().live()).isFalse();
    }

    @Test
    void aWrapUpThatTheServerRefusesStaysOpen() {
        talk();
        phone.hangUp();
        dock(WrapUp.class);
        phone.wrapUp(null);
        Await.until("said", () -> notices.contains(new Notice(Notice.Code.REFUSED, "Choose a disposition.")));
        Await.until("open", () -> dock() instanceof WrapUp wrap && !wrap.sent());
        phone.wrapUp("sold");
        dock(Idle.class);
        Await.until(
                "nothing is left over",
                () -> session.outbox().kept().get().refused().isEmpty());
    }

    @Test
    void notesTypedWithoutALineComeBackAfterAKillAndReachTheServerOnce() {
        Call call = talk();
        network.cut();
        Await.until("cut", () -> !online());
        phone.notes("half a sent");
        phone.notes("half a sentence");
        Await.until(
                "on disk",
                () -> phone.model().notes().get().saved() == Notes.Saved.ON_DISK
                        && phone.model().notes().get().text().equals("half a sentence"));
        phone.close();
        session.close();
        network.mend();
        open(desk.signIn.resume().orElseThrow());
        Await.until(
                "the call is back",
                () -> dock() instanceof InCall in && in.call().id().equals(call.id()));
        Await.until("sent", () -> !done("call.notes").isEmpty());
        assertThat(done("call.notes")).hasSize(1);
        assertThat(done("call.notes").getFirst()).contains("half a sentence");
    }

    @Test
    void aPageThatWasLoadedAgainGetsAFreshOffer() {
        Call call = talk();
        Signal old = offers(call).getLast();
        server.page(
                new Signal(
                        call.id(),
                        old.to(),
                        old.from(),
                        old.session(),
                        Signal.Kind.RENEGOTIATE,
                        null,
                        null,
                        null,
                        null),
                server.ann);
        Await.until("a fresh offer", () -> !offers(call).getLast().session().equals(old.session()));
        pageAnswers(call);
        Await.until(
                "one live link", () -> links().size() == 1 && links().getFirst().live());
    }
}
