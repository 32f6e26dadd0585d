package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process dies, the window dies, and neither takes the other along.
class EngineLifeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private EngineSettings settings() throws IOException {
        return EngineSettings.silent("agent", Files.createDirectories(folder.resolve("a")));
    }

    @Test
    void aKilledEngineIsBackInSecondsAndTheCallHasSoundAgain() throws Exception {
        try (Conversation talk = new Conversation(folder)) {
            talk.ring();
            talk.answer();
            Conversation.settle(talk.agentHeard);
            int mark = talk.agentHeard.mark();
            long killed = System.nanoTime();
            ProcessHandle engine =
                    ProcessHandle.of(talk.agent.engine().orElseThrow()).orElseThrow();
            engine.destroyForcibly();
            talk.agentHeard.await(mark, VoiceEvent.EngineLost.class, _ -> true);
            VoiceEvent.EngineReady ready = talk.agentHeard.await(mark, VoiceEvent.EngineReady.class, _ -> true);
            Duration back = Duration.ofNanos(System.nanoTime() - killed);
            assertThat(ready.snapshot().links()).isEmpty();
            talk.customer.send(new VoiceCommand.Close(Conversation.LINK));
            talk.ring();
            talk.answer();
            talk.agentHeard.await(mark, VoiceEvent.FirstAudio.class, _ -> true);
            Duration sound = Duration.ofNanos(System.nanoTime() - killed);
            System.err.println("killed to ready " + back + ", to sound " + sound);
            assertThat(sound).isLessThan(Duration.ofSeconds(5));
            short[] speech = Speech.of(4, 2);
            assertThat(Speech.found(speech, talk.agentHears(speech))).isGreaterThan(0.7);
        }
    }

    @Test
    void theCallGoesOnWithoutAWindowAndTheNextWindowFindsIt() throws Exception {
        try (Conversation talk = new Conversation(folder)) {
            talk.ring();
            talk.answer();
            long pid = talk.agent.engine().orElseThrow();
            short[] speech = Speech.of(5, 4);
            Path heard = folder.resolve("through.wav");
            talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, heard));
            talk.agent.send(new VoiceCommand.Play(Conversation.LINK, Speech.write(folder.resolve("s.wav"), speech)));
            Conversation.settle(talk.agentHeard);

            talk.agent.close();
            Conversation.settle(talk.customerHeard);
            Heard again = new Heard();
            ProcessVoice next = ProcessVoice.attach(settings(), again);
            VoiceSnapshot.Link link = again.await(VoiceEvent.EngineReady.class)
                    .snapshot()
                    .link(Conversation.LINK)
                    .orElseThrow();
            assertThat(link.tag()).isEqualTo("call 7");
            assertThat(link.live()).isTrue();
            assertThat(link.state()).isEqualTo(LinkState.CONNECTED);
            assertThat(next.engine()).hasValue(pid);
            again.await(VoiceEvent.PlayEnded.class);
            Conversation.settle(talk.customerHeard);
            talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, null));
            Conversation.settle(talk.customerHeard);
            assertThat(Speech.found(speech, Speech.read(heard, 0)))
                    .as("one unbroken speech, before, while and after nobody was attached")
                    .isGreaterThan(0.7);
            Conversation.end(next, again);
        }
    }

    @Test
    void aSecondWindowTakesOverAndTheFirstIsTold() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        try (ProcessVoice one = ProcessVoice.attach(settings(), first)) {
            first.await(VoiceEvent.EngineReady.class);
            ProcessVoice two = ProcessVoice.attach(settings(), second);
            second.await(VoiceEvent.EngineReady.class);
            first.await(VoiceEvent.TakenOver.class);
            assertThat(one.snapshot().engine()).isEqualTo(VoiceSnapshot.Engine.DETACHED);
            Conversation.end(two, second);
        }
    }

    @Test
    void descriptionsMadeWhileNobodyWasThereAreKeptForTheNextWindow() throws Exception {
        Heard first = new Heard();
        ProcessVoice one = ProcessVoice.attach(settings(), first);
        first.await(VoiceEvent.EngineReady.class);
        // The window goes while its command is on the way.
        one.send(new VoiceCommand.Open("x", "tag", List.of(), true));
        one.send(new VoiceCommand.Open("y", "tag", List.of(), true));
        first.await(VoiceEvent.LinkChanged.class);
        one.close();
        Heard second = new Heard();
        ProcessVoice two = ProcessVoice.attach(settings(), second);
        second.await(VoiceEvent.EngineReady.class);
        VoiceEvent.LocalDescription offer = java.util.stream.Stream.concat(
                        first.since(0).stream(), second.since(0).stream())
                .filter(VoiceEvent.LocalDescription.class::isInstance)
                .map(VoiceEvent.LocalDescription.class::cast)
                .filter(it -> it.link().equals("y"))
                .findFirst()
                .orElseGet(() -> second.await(
                        VoiceEvent.LocalDescription.class, it -> it.link().equals("y")));
        assertThat(offer.sdp()).startsWith("v=0");
        Conversation.end(two, second);
    }

    @Test
    void anEngineNobodyNeedsEnds() throws Exception {
        Heard heard = new Heard();
        ProcessVoice voice = ProcessVoice.attach(settings().withIdle(Duration.ofSeconds(1)), heard);
        heard.await(VoiceEvent.EngineReady.class);
        ProcessHandle engine = ProcessHandle.of(voice.engine().orElseThrow()).orElseThrow();
        voice.close();
        engine.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    void anEngineWhoseOnlyCallIsLostAndThatNobodyCameBackToEnds() throws Exception {
        EngineSettings hasty = settings().withIdle(Duration.ofSeconds(1));
        try (Conversation talk = new Conversation(folder, hasty, java.util.Map.of())) {
            talk.ring();
            talk.answer();
            Conversation.settle(talk.agentHeard);
            ProcessHandle engine =
                    ProcessHandle.of(talk.agent.engine().orElseThrow()).orElseThrow();
            ProcessHandle far =
                    ProcessHandle.of(talk.customer.engine().orElseThrow()).orElseThrow();
            talk.agent.close();
            assertThat(engine.onExit()
                            .completeOnTimeout(null, 4, TimeUnit.SECONDS)
                            .get())
                    .as("ends although its call goes on")
                    .isNull();
            talk.customer.close();
            far.destroyForcibly();
            engine.onExit().get(40, TimeUnit.SECONDS);
        }
    }

    @Test
    void anEngineWithManyCallsBehindItIsReplacedQuietly() throws Exception {
        Heard heard = new Heard();
        ProcessVoice voice = ProcessVoice.attach(settings().withRecycleAfter(2), heard);
        heard.await(VoiceEvent.EngineReady.class);
        long old = voice.engine().orElseThrow();
        for (String link : List.of("1", "2")) {
            voice.send(new VoiceCommand.Open(link, "", List.of(), true));
            voice.send(new VoiceCommand.Close(link));
        }
        int mark = heard.mark();
        heard.await(mark, VoiceEvent.EngineReady.class, _ -> true);
        assertThat(voice.engine()).isNotEmpty().isNotEqualTo(java.util.OptionalLong.of(old));
        assertThat(heard.since(0)).noneMatch(VoiceEvent.EngineLost.class::isInstance);
        Conversation.end(voice, heard);
    }

    @Test
    void onlyTheOwnerReachesTheEngineAndRubbishDoesNotEndIt() throws Exception {
        Heard heard = new Heard();
        ProcessVoice voice = ProcessVoice.attach(settings(), heard);
        heard.await(VoiceEvent.EngineReady.class);
        assertThat(Files.getPosixFilePermissions(settings().runtime()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
                FrameChannel frames = new FrameChannel(socket)) {
            socket.connect(UnixDomainSocketAddress.of(settings().socket()));
            frames.write("{\"type\":\"Explode\"}");
            frames.write("not even json");
            CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(() -> {
                try {
                    String line = frames.read();
                    while (line != null && !line.contains("BAD_COMMAND")) line = frames.read();
                    return line != null;
                } catch (IOException _) {
                    return false;
                }
            });
            assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
        }
        voice.close();
        Heard again = new Heard();
        ProcessVoice next = ProcessVoice.attach(settings(), again);
        again.await(VoiceEvent.EngineReady.class);
        Conversation.end(next, again);
    }
}
