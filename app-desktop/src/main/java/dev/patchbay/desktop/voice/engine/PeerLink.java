package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDtmfSender;
import dev.onvoid.webrtc.RTCDtmfSenderObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCSignalingState;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.patchbay.desktop.voice.IceServer;
import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.SdpKind;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceSnapshot.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One peer connection with one audio section. Only for the native thread, except what [#view] and [#ear] give.
///
/// Offers of both sides may cross; the side that did not open with an offer gives way (rolls its own back and repeats
/// it after), the other one ignores the late comer: "perfect negotiation" of the WebRTC specification, § 10.7.
final class PeerLink {
    /// The far end does not want to hear us (RFC 3264 § 8.4); `recvonly` in an offer is a listener, not a hold.
    private static final Pattern HOLDS = Pattern.compile("(?m)^a=(sendonly|inactive)\\s*$");

    private final Surroundings around;
    private final String id;
    private final boolean polite;
    private final RTCConfiguration configuration;
    private final RTCPeerConnection connection;
    private final AudioTrack voice;
    private final Ear ear;
    private final Map<String, AudioTrack> heard = new HashMap<>();
    private final List<VoiceCommand.Candidate> early = new ArrayList<>();
    private @Nullable RTCDtmfSender dtmf;
    private boolean described;
    private boolean offerAgain;
    private boolean closed;
    private long liveAt;
    private volatile Link view;

    PeerLink(
            Surroundings around, Room room, VoiceCommand.Open open, VoiceCommand.Processing processing, boolean muted) {
        this.around = around;
        this.id = open.link();
        this.polite = !open.offer();
        this.view = Link.opened(id, open.tag(), around.clock().instant()).withMuted(muted);
        this.ear = new Ear(this::firstSound);
        this.configuration = new RTCConfiguration();
        servers(open.ice());
        this.connection = room.connect(configuration, new Observer());
        this.voice = room.voice(processing);
        voice.setEnabled(false);
        connection.addTrack(voice, List.of("patchbay"));
    }

    Link view() {
        return view;
    }

    Ear ear() {
        return ear;
    }

    RTCPeerConnection connection() {
        return connection;
    }

    void tag(String tag) {
        change(view.withTag(tag));
    }

    private void change(Link now) {
        if (now.equals(view)) return;
        view = now;
        around.linksChanged();
    }

    /// Changes the recording flags.
    void recording(boolean on, boolean masked) {
        change(view.withRecording(on, masked));
    }

    // ---- descriptions

    void offer() throws Answer.Refused {
        offer(new RTCOfferOptions());
    }

    private void offer(RTCOfferOptions options) throws Answer.Refused {
        if (connection.getSignalingState() != RTCSignalingState.STABLE) {
            offerAgain = true;
            return;
        }
        RTCSessionDescription made = Answer.description(observer -> connection.createOffer(options, observer));
        local(made, SdpKind.OFFER);
    }

    private void local(RTCSessionDescription made, SdpKind kind) throws Answer.Refused {
        Answer.set(observer -> connection.setLocalDescription(made, observer));
        around.tell(new VoiceEvent.LocalDescription(id, kind, made.sdp));
    }

    void remote(SdpKind kind, String sdp) throws Answer.Refused {
        RTCSignalingState state = connection.getSignalingState();
        if (kind == SdpKind.OFFER && state == RTCSignalingState.HAVE_LOCAL_OFFER) {
            if (!polite) return;
            RTCSessionDescription back = new RTCSessionDescription(RTCSdpType.ROLLBACK, "");
            Answer.set(observer -> connection.setLocalDescription(back, observer));
            offerAgain = true;
        }
        // An answer repeated by a client that was away changes nothing.
        if (kind == SdpKind.ANSWER && state != RTCSignalingState.HAVE_LOCAL_OFFER) return;
        RTCSdpType type = kind == SdpKind.OFFER ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
        RTCSessionDescription theirs = new RTCSessionDescription(type, sdp);
        Answer.set(observer -> connection.setRemoteDescription(theirs, observer));
        described = true;
        early.forEach(this::add);
        early.clear();
        if (kind == SdpKind.OFFER) {
            RTCAnswerOptions options = new RTCAnswerOptions();
            local(Answer.description(observer -> connection.createAnswer(options, observer)), SdpKind.ANSWER);
        }
        heldByThem(HOLDS.matcher(sdp).find());
        if (offerAgain) {
            offerAgain = false;
            offer();
        }
    }

    private void heldByThem(boolean on) {
        if (on == view.heldByThem()) return;
        change(view.withHeldByThem(on));
        around.tell(new VoiceEvent.HeldByThem(id, on));
    }

    void candidate(VoiceCommand.Candidate candidate) {
        if (described) add(candidate);
        else early.add(candidate);
    }

    private void add(VoiceCommand.Candidate candidate) {
        if (candidate.candidate().isBlank()) return; // the end of candidates; libwebrtc needs no telling
        try {
            String mid = candidate.mid() == null ? "" : candidate.mid();
            connection.addIceCandidate(new RTCIceCandidate(mid, candidate.index(), candidate.candidate()));
        } catch (RuntimeException | Error e) { // the native side throws `java.lang.Error`
            around.tell(new VoiceEvent.Problem(id, "BAD_CANDIDATE", String.valueOf(e.getMessage())));
        }
    }

    void restartIce(List<IceServer> ice) throws Answer.Refused {
        if (!ice.isEmpty()) {
            servers(ice);
            connection.setConfiguration(configuration);
        }
        // `restartIce()` is remembered by the connection; an offer that has to wait will carry it too.
        connection.restartIce();
        offer();
    }

    private void servers(List<IceServer> ice) {
        configuration.iceServers = new ArrayList<>();
        for (IceServer server : ice) {
            RTCIceServer native_ = new RTCIceServer();
            native_.urls = server.urls();
            if (server.username() != null) native_.username = server.username();
            if (server.credential() != null) native_.password = server.credential();
            configuration.iceServers.add(native_);
        }
    }

    // ---- sound

    void live(boolean on) {
        if (on && !view.live()) liveAt = System.nanoTime();
        change(view.withLive(on));
        gate();
    }

    void mute(boolean on) {
        change(view.withMuted(on));
        gate();
    }

    void hold(boolean on) throws Answer.Refused {
        if (view.held() == on) return;
        change(view.withHeld(on));
        gate();
        // `sendonly` and silent, not `inactive`: what every SIP side takes for a hold (RFC 6337 § 5.3), and the way
        // back is
        // shorter.
        for (RTCRtpTransceiver transceiver : connection.getTransceivers()) {
            transceiver.setDirection(on ? RTCRtpTransceiverDirection.SEND_ONLY : RTCRtpTransceiverDirection.SEND_RECV);
        }
        offer();
    }

    private void gate() {
        Link now = view;
        voice.setEnabled(now.live() && !now.muted() && !now.held());
        ear.open(now.live() && !now.held());
    }

    /// @return whether the other side takes tones
    boolean dtmf(String digits) {
        RTCDtmfSender sender = dtmf;
        if (sender == null) {
            sender = connection.getSenders()[0].getDtmfSender();
            sender.registerObserver(new Tones());
            dtmf = sender;
        }
        if (!sender.canInsertDtmf()) return false;
        // Digits asked for while others are being sent are put behind them: `insertDtmf` would replace those.
        return sender.insertDtmf(sender.tones() + digits.toUpperCase(java.util.Locale.ROOT), 100, 70);
    }

    private void firstSound() {
        Duration since = Duration.ofNanos(System.nanoTime() - liveAt);
        around.tell(new VoiceEvent.FirstAudio(id, around.clock().instant(), since));
    }

    /// Sinks, connection, track: in this order; a track still known to a sender cannot be disposed.
    void close() {
        if (closed) return;
        closed = true;
        ear.open(false);
        heard.values().forEach(track -> track.removeSink(ear));
        heard.clear();
        if (dtmf != null) dtmf.unregisterObserver();
        for (RTCRtpSender sender : connection.getSenders()) connection.removeTrack(sender);
        connection.close();
        voice.dispose();
        view = view.withState(LinkState.CLOSED);
    }

    private void moved(LinkState state) {
        if (closed || view.state() == state) return;
        change(view.withState(state));
        around.tell(new VoiceEvent.LinkChanged(id, state));
    }

    private void track(RTCRtpTransceiver transceiver) {
        // Fires again on every resume: a second sink would hear everything twice.
        if (closed || heard.containsKey(transceiver.getMid())) return;
        if (transceiver.getReceiver().getTrack() instanceof AudioTrack track) {
            track.addSink(ear);
            heard.put(transceiver.getMid(), track);
        }
    }

    /// Native callbacks: each only enqueues, and lets nothing out.
    private final class Observer implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            String text = candidate.sdp;
            String mid = candidate.sdpMid;
            int index = candidate.sdpMLineIndex;
            guarded(() -> around.tell(new VoiceEvent.LocalCandidate(id, mid, index, text)));
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            guarded(() -> {
                switch (state) {
                    case NEW, CONNECTING -> moved(LinkState.CONNECTING);
                    case CONNECTED -> moved(LinkState.CONNECTED);
                    case DISCONNECTED -> moved(LinkState.DISCONNECTED);
                    case FAILED -> moved(LinkState.FAILED);
                    case CLOSED -> {}
                }
            });
        }

        @Override
        public void onTrack(RTCRtpTransceiver transceiver) {
            guarded(() -> track(transceiver));
        }

        private void guarded(Runnable work) {
            try {
                around.later(() -> {
                    if (!closed) work.run();
                });
            } catch (Throwable e) {
                Guard.swallowed("a peer connection's callback", e);
            }
        }
    }

    private final class Tones implements RTCDtmfSenderObserver {
        @Override
        public void onToneChange(String tone, String rest) {
            try {
                if (!tone.isEmpty()) around.tell(new VoiceEvent.DtmfSent(id, tone));
            } catch (Throwable e) {
                Guard.swallowed("a tone's callback", e);
            }
        }
    }
}
