package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.patchbay.desktop.voice.Mos;
import dev.patchbay.desktop.voice.VoiceEvent;
import java.time.Duration;

/// Turns a link's running totals (W3C "Identifiers for WebRTC's Statistics API") into figures of the last second. Not
/// for more than one thread.
final class Meter {
    private final String link;
    private double lostBefore;
    private double receivedBefore;

    Meter(String link) {
        this.link = link;
    }

    VoiceEvent.Quality read(RTCStatsReport report) {
        double lost = 0;
        double received = 0;
        double jitter = 0;
        double pathRtt = 0;
        double mediaRtt = 0;
        double bytes = 0;
        for (RTCStats stats : report.getStats().values()) {
            RTCStatsType type = stats.getType();
            if (type == RTCStatsType.INBOUND_RTP) {
                lost += number(stats, "packetsLost");
                received += number(stats, "packetsReceived");
                jitter = Math.max(jitter, number(stats, "jitter"));
                bytes += number(stats, "bytesReceived");
            } else if (type == RTCStatsType.OUTBOUND_RTP) {
                bytes += number(stats, "bytesSent");
            } else if (type == RTCStatsType.REMOTE_INBOUND_RTP) {
                mediaRtt = Math.max(mediaRtt, number(stats, "roundTripTime"));
            } else if (type == RTCStatsType.CANDIDATE_PAIR) {
                if (Boolean.TRUE.equals(stats.getAttributes().get("nominated")))
                    pathRtt = Math.max(pathRtt, number(stats, "currentRoundTripTime"));
            }
        }
        double lostNow = Math.max(0, lost - lostBefore);
        double expected = lostNow + Math.max(0, received - receivedBefore);
        lostBefore = lost;
        receivedBefore = received;
        double loss = expected == 0 ? 0 : lostNow / expected;
        // RTCP's figure includes the other side's processing; it is missing until the first receiver report.
        Duration rtt = seconds(mediaRtt > 0 ? mediaRtt : pathRtt);
        Duration spread = seconds(jitter);
        return new VoiceEvent.Quality(link, rtt, spread, loss, Mos.of(rtt, spread, loss), (long) bytes);
    }

    private static double number(RTCStats stats, String name) {
        return stats.getAttributes().get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
