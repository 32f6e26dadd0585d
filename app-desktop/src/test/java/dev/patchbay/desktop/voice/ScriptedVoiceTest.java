package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedVoiceTest {
    private final Heard heard = new Heard();

    @Test
    void anOfferIsAnsweredAndTheLinkConnects() {
        try (ScriptedVoice voice = new ScriptedVoice()) {
            voice.listen(heard);
            voice.send(new VoiceCommand.Open("a", "tag", List.of(), false));
            voice.send(new VoiceCommand.Remote("a", SdpKind.OFFER, "v=0"));
            assertThat(heard.await(VoiceEvent.LocalDescription.class).kind()).isEqualTo(SdpKind.ANSWER);
            heard.await(VoiceEvent.LinkChanged.class, it -> it.state() == LinkState.CONNECTED);
            voice.send(new VoiceCommand.Live("a", true));
            heard.await(VoiceEvent.FirstAudio.class);
            assertThat(voice.snapshot().link("a").orElseThrow().live()).isTrue();
        }
    }

    @Test
    void aDeadEngineForgetsItsLinksAndObeysNothing() {
        try (ScriptedVoice voice = new ScriptedVoice()) {
            voice.listen(heard);
            voice.send(new VoiceCommand.Open("a", "tag", List.of(), true));
            voice.die("killed");
            voice.send(new VoiceCommand.Open("b", "tag", List.of(), true));
            voice.revive();
            assertThat(heard.await(VoiceEvent.EngineReady.class).snapshot().links())
                    .isEmpty();
            assertThat(heard.await(VoiceEvent.EngineLost.class).reason()).isEqualTo("killed");
        }
    }

    @Test
    void aListenerThatFailsDoesNotSilenceTheOthers() {
        try (ScriptedVoice voice = new ScriptedVoice()) {
            voice.listen(_ -> {
                throw new IllegalStateException("a broken screen");
            });
            voice.listen(heard);
            voice.send(new VoiceCommand.Close("nobody"));
            assertThat(heard.await(VoiceEvent.Problem.class).code()).isEqualTo("NO_SUCH_LINK");
        }
    }
}
