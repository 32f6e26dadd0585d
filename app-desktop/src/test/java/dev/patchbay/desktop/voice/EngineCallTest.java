package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real processes with real WebRTC between them, without a sound server.
class EngineCallTest {
    private static final short[] CUSTOMER_SPEECH = Speech.of(1, 3);
    private static final short[] AGENT_SPEECH = Speech.of(2, 3);

    private Path folder;
    private Conversation talk;

    @BeforeEach
    void start(@TempDir Path given) throws IOException {
        folder = given;
        talk = new Conversation(folder);
    }

    @AfterEach
    @SuppressWarnings("ConstantValue") // null when the set-up was skipped
    void end() {
        if (talk != null) talk.close();
    }

    @Test
    void whatEachSideSaysIsHeardByTheOtherAndOnlyThere() throws IOException {
        talk.ring();
        talk.answer();
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
        short[] heard = talk.customerHears(AGENT_SPEECH);
        assertThat(Speech.found(AGENT_SPEECH, heard)).isGreaterThan(0.8);
        assertThat(Speech.found(CUSTOMER_SPEECH, heard)).as("no echo").isLessThan(0.6);
        VoiceEvent.FirstAudio first = talk.agentHeard.await(VoiceEvent.FirstAudio.class);
        System.err.println("answer to first audio: " + first.sinceLive());
        assertThat(first.sinceLive()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void aRingingCallIsConnectedAndSilent() throws IOException {
        talk.ring();
        talk.customer.send(new VoiceCommand.Live(Conversation.LINK, true));
        Path heard = folder.resolve("ringing.wav");
        talk.agent.send(new VoiceCommand.WriteHeard(Conversation.LINK, heard));
        int mark = talk.customerHeard.mark();
        talk.customer.send(
                new VoiceCommand.Play(Conversation.LINK, Speech.write(folder.resolve("s.wav"), CUSTOMER_SPEECH)));
        talk.customerHeard.await(mark, VoiceEvent.PlayEnded.class, _ -> true);
        talk.agent.send(new VoiceCommand.WriteHeard(Conversation.LINK, null));
        talk.agent.send(new VoiceCommand.Live(Conversation.LINK, true));
        talk.agentHeard.await(VoiceEvent.Quality.class);
        assertThat(Speech.loudest(Speech.read(heard, 0))).isZero();
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
    }

    @Test
    void aMutedAgentIsNotHeardAndHearsOn() throws IOException {
        talk.ring();
        talk.answer();
        talk.agent.send(new VoiceCommand.Mute(null, true));
        assertThat(Speech.loudest(talk.customerHears(AGENT_SPEECH))).isLessThan(0.01);
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
        assertThat(talk.agent.snapshot().link(Conversation.LINK).orElseThrow().muted())
                .isTrue();
        talk.agent.send(new VoiceCommand.Mute(Conversation.LINK, false));
        assertThat(Speech.found(AGENT_SPEECH, talk.customerHears(AGENT_SPEECH))).isGreaterThan(0.8);
    }

    @Test
    void aHeldCallIsSilentBothWaysAndComesBackWhole() throws IOException {
        talk.ring();
        talk.answer();
        Conversation.settle(talk.agentHeard);
        int mark = talk.customerHeard.mark();
        int mine = talk.agentHeard.mark();
        talk.agent.send(new VoiceCommand.Hold(Conversation.LINK, true));
        talk.customerHeard.await(mark, VoiceEvent.HeldByThem.class, VoiceEvent.HeldByThem::on);
        assertThat(talk.agentHeard
                        .await(mine, VoiceEvent.LocalDescription.class, _ -> true)
                        .sdp())
                .contains("a=sendonly");
        assertThat(Speech.loudest(talk.customerHears(AGENT_SPEECH))).isLessThan(0.01);
        Path held = folder.resolve("held.wav");
        talk.agent.send(new VoiceCommand.WriteHeard(Conversation.LINK, held));
        Path spoken = Speech.write(folder.resolve("spoken.wav"), CUSTOMER_SPEECH);
        talk.customer.send(new VoiceCommand.Play(Conversation.LINK, spoken));
        Conversation.settle(talk.agentHeard);
        talk.agent.send(new VoiceCommand.WriteHeard(Conversation.LINK, null));
        Conversation.settle(talk.agentHeard);
        assertThat(Speech.loudest(Speech.read(held, 0))).isLessThan(0.01);
        talk.agent.send(new VoiceCommand.Hold(Conversation.LINK, false));
        talk.customerHeard.await(mark, VoiceEvent.HeldByThem.class, it -> !it.on());
        short[] heard = talk.agentHears(CUSTOMER_SPEECH);
        assertThat(Speech.found(CUSTOMER_SPEECH, heard)).isGreaterThan(0.8);
        assertThat(heard.length).as("heard once, not twice").isLessThan(6 * Speech.RATE);
        assertThat(Speech.found(AGENT_SPEECH, talk.customerHears(AGENT_SPEECH))).isGreaterThan(0.8);
    }

    @Test
    void bothSidesMayHoldAndOffersThatCrossAreResolved() throws IOException {
        talk.ring();
        talk.answer();
        int a = talk.agentHeard.mark();
        int c = talk.customerHeard.mark();
        talk.agent.send(new VoiceCommand.Hold(Conversation.LINK, true));
        talk.customer.send(new VoiceCommand.Hold(Conversation.LINK, true));
        talk.customerHeard.await(c, VoiceEvent.HeldByThem.class, VoiceEvent.HeldByThem::on);
        talk.agentHeard.await(a, VoiceEvent.HeldByThem.class, VoiceEvent.HeldByThem::on);
        talk.agent.send(new VoiceCommand.Hold(Conversation.LINK, false));
        talk.customer.send(new VoiceCommand.Hold(Conversation.LINK, false));
        talk.customerHeard.await(c, VoiceEvent.HeldByThem.class, it -> !it.on());
        talk.agentHeard.await(a, VoiceEvent.HeldByThem.class, it -> !it.on());
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
    }

    @Test
    void tonesArriveAtTheOtherSide() throws IOException {
        talk.ring();
        talk.answer();
        Conversation.settle(talk.agentHeard);
        Path heard = folder.resolve("tones.wav");
        talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, heard));
        talk.agent.send(new VoiceCommand.Dtmf(Conversation.LINK, "55555555"));
        Conversation.settle(talk.customerHeard);
        Conversation.settle(talk.customerHeard);
        talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, null));
        Conversation.settle(talk.customerHeard);
        short[] tones = Speech.read(heard, 0);
        assertThat(Speech.share(tones, 770) + Speech.share(tones, 1336))
                .as("energy at the two frequencies of the digit 5")
                .isGreaterThan(0.5);
        assertThat(talk.agentHeard.await(VoiceEvent.DtmfSent.class).digits()).isEqualTo("5");
    }

    @Test
    void theRecordingHasTheAgentLeftTheCustomerRightAndIsTheOwnersOnly() throws IOException {
        talk.ring();
        talk.answer();
        Conversation.settle(talk.agentHeard);
        Path file = folder.resolve("call.wav");
        talk.agent.send(new VoiceCommand.StartRecording(Conversation.LINK, file));
        talk.agentHeard.await(VoiceEvent.RecordingChanged.class, it -> it.file() != null);
        talk.agentHears(CUSTOMER_SPEECH);
        talk.customerHears(AGENT_SPEECH);
        assertThat(talk.agent.snapshot().link(Conversation.LINK).orElseThrow().recording())
                .isTrue();
        talk.agent.send(new VoiceCommand.Mask(Conversation.LINK, true));
        talk.agentHeard.await(VoiceEvent.RecordingChanged.class, VoiceEvent.RecordingChanged::masked);
        long masked = System.nanoTime();
        short[] secret = Speech.of(3, 2);
        talk.agentHears(secret);
        talk.agent.send(new VoiceCommand.StopRecording(Conversation.LINK));
        talk.agentHeard.await(VoiceEvent.RecordingChanged.class, it -> it.file() == null);
        double maskedSeconds = (System.nanoTime() - masked) / 1e9;

        short[] left = Speech.read(file, 0);
        short[] right = Speech.read(file, 1);
        assertThat(Speech.found(AGENT_SPEECH, left)).isGreaterThan(0.7);
        assertThat(Speech.found(CUSTOMER_SPEECH, right)).isGreaterThan(0.7);
        int from = right.length - (int) ((maskedSeconds - 0.5) * Speech.RATE);
        short[] end = java.util.Arrays.copyOfRange(right, from, right.length - Speech.RATE / 4);
        assertThat(Speech.share(end, 440)).as("only the tone").isGreaterThan(0.95);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aRecordingThatCannotBeWrittenIsToldAndTheCallGoesOn() throws IOException {
        talk.ring();
        talk.answer();
        talk.agent.send(new VoiceCommand.StartRecording(Conversation.LINK, Path.of("/proc/nowhere/call.wav")));
        VoiceEvent.Problem problem = talk.agentHeard.await(VoiceEvent.Problem.class);
        assertThat(problem.code()).isEqualTo("RECORDING_FAILED");
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
    }

    @Test
    void iceRestartKeepsTheSound() throws IOException {
        talk.ring();
        talk.answer();
        Conversation.settle(talk.agentHeard);
        int mark = talk.agentHeard.mark();
        talk.agent.send(new VoiceCommand.RestartIce(Conversation.LINK, List.of()));
        String before =
                ufrag(talk.agentHeard.await(VoiceEvent.LocalDescription.class).sdp());
        String after = ufrag(talk.agentHeard
                .await(mark, VoiceEvent.LocalDescription.class, _ -> true)
                .sdp());
        assertThat(after).isNotEqualTo(before);
        assertThat(Speech.found(CUSTOMER_SPEECH, talk.agentHears(CUSTOMER_SPEECH)))
                .isGreaterThan(0.8);
    }

    private static String ufrag(String sdp) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=ice-ufrag"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fiftyCallsLeaveNothingOpenAndOffersAreQuick() throws IOException {
        List<Double> offers = new java.util.ArrayList<>();
        long threads = 0;
        for (int call = 0; call < 50; call++) {
            String link = "call" + call;
            int mark = talk.agentHeard.mark();
            int theirs = talk.customerHeard.mark();
            long began = System.nanoTime();
            talk.customer.send(new VoiceCommand.Open(link, "", List.of(), false));
            talk.agent.send(new VoiceCommand.Open(link, "", List.of(), true));
            talk.agentHeard.await(mark, VoiceEvent.LocalDescription.class, _ -> true);
            offers.add((System.nanoTime() - began) / 1e6);
            Conversation.connected(talk.agentHeard, mark);
            Conversation.connected(talk.customerHeard, theirs);
            talk.agent.send(new VoiceCommand.Close(link));
            talk.customer.send(new VoiceCommand.Close(link));
            talk.agentHeard.await(mark, VoiceEvent.LinkChanged.class, it -> it.state() == LinkState.CLOSED);
            talk.customerHeard.await(theirs, VoiceEvent.LinkChanged.class, it -> it.state() == LinkState.CLOSED);
            if (call == 4) threads = threads();
        }
        offers.sort(null);
        System.err.printf("open to offer: median %.1f ms, 95%% %.1f ms%n", offers.get(25), offers.get(47));
        assertThat(talk.agent.snapshot().links()).isEmpty();
        assertThat(threads()).as("native threads").isLessThanOrEqualTo(threads + 2);
        assertThat(talk.agentHeard.since(0)).noneMatch(VoiceEvent.Problem.class::isInstance);
        assertThat(offers.get(25)).isLessThan(100);
    }

    private long threads() throws IOException {
        try (var tasks =
                Files.list(Path.of("/proc", Long.toString(talk.agent.engine().orElseThrow()), "task"))) {
            return tasks.count();
        }
    }

    @Test
    void theQualityOfAGoodLineIsGood() {
        talk.ring();
        talk.answer();
        Conversation.settle(talk.agentHeard);
        VoiceEvent.Quality quality = talk.agentHeard.await(talk.agentHeard.mark(), VoiceEvent.Quality.class, _ -> true);
        assertThat(quality.mos()).isGreaterThan(3.9);
        assertThat(quality.bytes()).isPositive();
    }

    @Test
    void nonsenseIsAnsweredWithAProblem() {
        talk.agent.send(new VoiceCommand.Close("nobody"));
        assertThat(talk.agentHeard.await(VoiceEvent.Problem.class).code()).isEqualTo("NO_SUCH_LINK");
        talk.agent.send(new VoiceCommand.Open("x", "", List.of(), false));
        talk.agent.send(new VoiceCommand.Candidate("x", "0", 0, "candidate:rubbish"));
        talk.agent.send(new VoiceCommand.Remote("x", SdpKind.OFFER, "v=0\r\nrubbish"));
        talk.agentHeard.await(VoiceEvent.Problem.class, it -> it.code().equals("BAD_DESCRIPTION"));
        talk.ring();
    }
}
