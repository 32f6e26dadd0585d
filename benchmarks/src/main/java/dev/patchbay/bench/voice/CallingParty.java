package dev.patchbay.bench.voice;

import dev.patchbay.bench.console.ServerProcess;
import dev.patchbay.desktop.demo.Caller;
import dev.patchbay.desktop.demo.Sentences;
import dev.patchbay.desktop.demo.SimulatedCaller;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.voice.EngineSettings;
import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.ProcessVoice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/// The demo's callers, one after the other, who are never silent: as at a real microphone there is some noise from the
/// moment that the connection is there, so that the first sound after the answer is not the caller's first word.
public final class CallingParty implements AutoCloseable {
    private static final int RATE = 16_000;
    private static final int NOISE_SECONDS = 30;

    private final ServerAddress server;
    private final ProcessVoice voice;
    private final Sentences sentences;
    private final List<Caller> who = Caller.all();
    private int called;

    public CallingParty(ServerProcess server, Path folder) throws IOException {
        this.server = ServerAddress.parse(server.url().toString());
        this.sentences = new Sentences(folder);
        Path noise = noise(folder.resolve("noise.wav"));
        voice = ProcessVoice.attach(EngineSettings.silent("callers", folder), _ -> {});
        voice.listen(event -> {
            Progress.tell("callers' voice", String.valueOf(event));
            if (event instanceof VoiceEvent.LinkChanged(var link, var state) && state == LinkState.CONNECTED) {
                voice.send(new VoiceCommand.Play(link, noise));
            }
        });
    }

    private static Path noise(Path file) throws IOException {
        byte[] samples = new byte[2 * RATE * NOISE_SECONDS];
        Random random = new Random(1);
        for (int i = 0; i < samples.length; i += 2) {
            int sample = random.nextInt(-1000, 1000);
            samples[i] = (byte) sample;
            samples[i + 1] = (byte) (sample >> 8);
        }
        AudioInputStream in = new AudioInputStream(
                new ByteArrayInputStream(samples), new AudioFormat(RATE, 16, 1, true, false), samples.length / 2);
        AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        return file;
    }

    /// The next caller calls.
    public SimulatedCaller call() {
        Caller next = who.get(called++ % who.size());
        return SimulatedCaller.call(server, "demo", next, voice, sentences, CallingParty::tell);
    }

    private static void tell(SimulatedCaller.Step step) {
        Progress.tell(step.caller().name(), step.what() + " " + step.detail());
    }

    @Override
    public void close() {
        voice.send(new VoiceCommand.Shutdown());
        voice.close();
    }
}
