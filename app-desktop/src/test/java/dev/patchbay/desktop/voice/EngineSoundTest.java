package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real device module on a sound server of the test's own; the customer is an engine without sound.
class EngineSoundTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private EngineSettings settings() throws IOException {
        Path state = Files.createDirectories(folder.resolve("a"));
        return new EngineSettings("agent", state, state, true, Duration.ofSeconds(10), 200);
    }

    private static short[] heardOn(PrivateSoundServer sound, String speaker, Path file, Runner meanwhile)
            throws Exception {
        Process ear = sound.listen(speaker, file);
        meanwhile.run();
        ear.destroy();
        assertThat(ear.waitFor(5, TimeUnit.SECONDS)).isTrue();
        return Speech.read(file, 0);
    }

    private interface Runner {
        void run() throws Exception;
    }

    @Test
    void theAgentSpeaksAndHearsThroughTheDevicesAndMayChangeThemInMidCall() throws Exception {
        try (PrivateSoundServer sound = new PrivateSoundServer(folder);
                Conversation talk = new Conversation(folder, settings(), sound.environment())) {
            VoiceSnapshot ready =
                    talk.agentHeard.await(VoiceEvent.EngineReady.class).snapshot();
            assertThat(ready.missing()).isNull();
            assertThat(ready.devices().microphones()).containsExactly(new VoiceDevices.Device("mic", "Mic", true));
            assertThat(ready.devices().speakers())
                    .contains(
                            new VoiceDevices.Device("desk", "Desk", true),
                            new VoiceDevices.Device("headset", "Headset", false));
            talk.ring();
            talk.answer();
            Conversation.settle(talk.agentHeard);

            short[] speech = Speech.of(11, 4);
            Path spoken = Speech.write(folder.resolve("spoken.wav"), speech);
            short[] desk = heardOn(sound, "desk", folder.resolve("desk.wav"), () -> {
                int mark = talk.customerHeard.mark();
                talk.customer.send(new VoiceCommand.Play(Conversation.LINK, spoken));
                talk.customerHeard.await(mark, VoiceEvent.PlayEnded.class, _ -> true);
                Conversation.settle(talk.agentHeard);
            });
            assertThat(Speech.found(speech, desk))
                    .as("heard on the desk's speaker")
                    .isGreaterThan(0.7);

            talk.agent.send(new VoiceCommand.ChooseDevices("mic", "headset", null));
            talk.agentHeard.await(VoiceEvent.DevicesChanged.class, it -> "headset"
                    .equals(it.devices().speaker()));
            short[] other = Speech.of(12, 4);
            Path otherSpoken = Speech.write(folder.resolve("other.wav"), other);
            short[] headset = heardOn(sound, "headset", folder.resolve("headset.wav"), () -> {
                int mark = talk.customerHeard.mark();
                talk.customer.send(new VoiceCommand.Play(Conversation.LINK, otherSpoken));
                talk.customerHeard.await(mark, VoiceEvent.PlayEnded.class, _ -> true);
                Conversation.settle(talk.agentHeard);
            });
            assertThat(Speech.found(other, headset)).as("moved to the headset").isGreaterThan(0.7);

            Path recording = folder.resolve("call.wav");
            talk.agent.send(new VoiceCommand.StartRecording(Conversation.LINK, recording));
            Path heard = folder.resolve("customer.wav");
            talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, heard));
            int mark = talk.agentHeard.mark();
            sound.speak(spoken);
            Conversation.settle(talk.customerHeard);
            talk.customer.send(new VoiceCommand.WriteHeard(Conversation.LINK, null));
            talk.agent.send(new VoiceCommand.StopRecording(Conversation.LINK));
            talk.agentHeard.await(mark, VoiceEvent.RecordingChanged.class, it -> it.file() == null);
            Conversation.settle(talk.customerHeard);
            assertThat(Speech.found(speech, Speech.read(heard, 0)))
                    .as("the microphone, heard by the customer")
                    .isGreaterThan(0.6);
            assertThat(Speech.found(speech, Speech.read(recording, 0)))
                    .as("the microphone, in the recording")
                    .isGreaterThan(0.6);
            talk.agentHeard.await(
                    mark, VoiceEvent.Levels.class, it -> it.levels().microphone() > 0.05);
        }
    }

    @Test
    void theRingToneIsOnTheRingerAndStops() throws Exception {
        try (PrivateSoundServer sound = new PrivateSoundServer(folder)) {
            Heard heard = new Heard();
            ProcessVoice voice = ProcessVoice.attach(settings(), sound.environment(), heard);
            heard.await(VoiceEvent.EngineReady.class);
            voice.send(new VoiceCommand.ChooseDevices(null, null, "headset"));
            heard.await(VoiceEvent.DevicesChanged.class);
            short[] tone = heardOn(sound, "headset", folder.resolve("ring.wav"), () -> {
                voice.send(new VoiceCommand.Ring(true));
                voice.send(new VoiceCommand.TestMicrophone(Duration.ofSeconds(2)));
                heard.await(VoiceEvent.MicrophoneTested.class);
                voice.send(new VoiceCommand.Ring(false));
            });
            assertThat(Speech.loudest(tone)).isGreaterThan(0.05);
            Conversation.end(voice, heard);
        }
    }

    @Test
    void withoutASoundServerTheEngineRunsAndSaysHowToMendItAndComesUpLater() throws Exception {
        try (PrivateSoundServer sound = new PrivateSoundServer(folder)) {
            sound.stop();
            Heard heard = new Heard();
            ProcessVoice voice = ProcessVoice.attach(settings(), sound.environment(), heard);
            MissingAudio missing =
                    heard.await(VoiceEvent.EngineReady.class).snapshot().missing();
            assertThat(missing).isNotNull();
            assertThat(missing.reason()).isEqualTo(MissingAudio.Reason.NO_SOUND_SERVER);
            assertThat(missing.remedy()).contains("Start PipeWire or PulseAudio");
            sound.startAgain();
            heard.await(VoiceEvent.AudioFound.class);
            assertThat(voice.snapshot().missing()).isNull();
            Conversation.end(voice, heard);
        }
    }

    @Test
    void aMissingProgramIsNamed() throws Exception {
        Heard heard = new Heard();
        ProcessVoice voice = ProcessVoice.attach(settings(), Map.of("PATH", "/nowhere"), heard);
        MissingAudio missing =
                heard.await(VoiceEvent.EngineReady.class).snapshot().missing();
        assertThat(missing).isNotNull();
        assertThat(missing.remedy()).contains("pulseaudio-utils");
        voice.send(new VoiceCommand.Open("x", "", List.of(), true));
        heard.await(VoiceEvent.LocalDescription.class);
        Conversation.end(voice, heard);
    }
}
