package dev.patchbay.desktop.voice;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Two engines without sound, an agent's and a customer's, each with its window; what one describes is carried to the
/// other, as signalling would do.
public final class Conversation implements AutoCloseable {
    static final String LINK = "a-b";

    final Path folder;
    final Heard agentHeard = new Heard();
    final Heard customerHeard = new Heard();
    final ProcessVoice agent;
    final ProcessVoice customer;

    Conversation(Path folder) throws IOException {
        this(folder, EngineSettings.silent("agent", Files.createDirectories(folder.resolve("a"))));
    }

    private Conversation(Path folder, EngineSettings agentSettings) throws IOException {
        this(folder, agentSettings, Map.of());
    }

    Conversation(Path folder, EngineSettings agentSettings, Map<String, String> environment) throws IOException {
        networkOrSkip();
        this.folder = folder;
        agent = ProcessVoice.attach(agentSettings, environment, agentHeard);
        customer = ProcessVoice.attach(
                EngineSettings.silent("customer", Files.createDirectories(folder.resolve("b"))), customerHeard);
        carry(agent, customer);
        carry(customer, agent);
        agentHeard.await(VoiceEvent.EngineReady.class);
        customerHeard.await(VoiceEvent.EngineReady.class);
    }

    /// libwebrtc leaves the loopback interface out.
    public static void networkOrSkip() throws SocketException {
        boolean other = NetworkInterface.networkInterfaces().anyMatch(Conversation::usable);
        assumeTrue(
                other, "skipped: WebRTC needs a network interface beside loopback; bring one up (a dummy one will do)");
    }

    private static boolean usable(NetworkInterface network) {
        try {
            return network.isUp()
                    && !network.isLoopback()
                    && network.getInetAddresses().hasMoreElements();
        } catch (SocketException _) {
            return false;
        }
    }

    static Voice.Registration carry(Voice from, Voice to) {
        return from.listen(event -> {
            if (event instanceof VoiceEvent.LocalDescription it)
                to.send(new VoiceCommand.Remote(it.link(), it.kind(), it.sdp()));
            else if (event instanceof VoiceEvent.LocalCandidate it)
                to.send(new VoiceCommand.Candidate(it.link(), it.mid(), it.index(), it.candidate()));
        });
    }

    /// Opens both ends and waits until they are connected; as while ringing.
    void ring() {
        int a = agentHeard.mark();
        int c = customerHeard.mark();
        customer.send(new VoiceCommand.Open(LINK, "to agent", List.of(), false));
        agent.send(new VoiceCommand.Open(LINK, "call 7", List.of(), true));
        connected(agentHeard, a);
        connected(customerHeard, c);
    }

    static void connected(Heard heard, int mark) {
        heard.await(mark, VoiceEvent.LinkChanged.class, it -> it.state() == LinkState.CONNECTED);
    }

    void answer() {
        agent.send(new VoiceCommand.Live(LINK, true));
        customer.send(new VoiceCommand.Live(LINK, true));
    }

    /// Speaks to the end while the other side writes what it hears.
    short[] heardWhile(Voice speaker, Heard speakerHeard, Voice listener, Heard listenerHeard, short[] speech)
            throws IOException {
        Path spoken = Speech.write(Files.createTempFile(folder, "spoken", ".wav"), speech);
        Path heard = Files.createTempFile(folder, "heard", ".wav");
        listener.send(new VoiceCommand.WriteHeard(LINK, heard));
        int mark = speakerHeard.mark();
        speaker.send(new VoiceCommand.Play(LINK, spoken));
        speakerHeard.await(mark, VoiceEvent.PlayEnded.class, _ -> true);
        settle(listenerHeard);
        listener.send(new VoiceCommand.WriteHeard(LINK, null));
        settle(listenerHeard);
        return Speech.read(heard, 0);
    }

    /// Waits for the next second's figures: whatever was on its way has arrived, and files are written to here.
    static void settle(Heard heard) {
        heard.await(heard.mark(), VoiceEvent.Quality.class, _ -> true);
    }

    short[] agentHears(short[] speech) throws IOException {
        return heardWhile(customer, customerHeard, agent, agentHeard, speech);
    }

    short[] customerHears(short[] speech) throws IOException {
        return heardWhile(agent, agentHeard, customer, customerHeard, speech);
    }

    @Override
    public void close() {
        end(agent, agentHeard);
        end(customer, customerHeard);
    }

    static void end(ProcessVoice voice, Heard heard) {
        int mark = heard.mark();
        if (voice.snapshot().engine() == VoiceSnapshot.Engine.READY) {
            voice.send(new VoiceCommand.Shutdown());
            heard.await(mark, VoiceEvent.EngineLost.class, _ -> true);
        }
        voice.close();
    }
}
