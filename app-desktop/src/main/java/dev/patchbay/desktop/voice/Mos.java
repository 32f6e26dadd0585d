package dev.patchbay.desktop.voice;

import java.time.Duration;

/// Speech quality as people would grade it (mean opinion score, 1 to 5), estimated from the transport.
///
/// The E-model of ITU-T G.107 with its default terminal, room and codec values (R = 93.2 for G.711), of which two
/// impairments remain: delay `Id` (the two-piece linear fit of Cole and Rosenbluth, "Voice over IP Performance
/// Monitoring", 2001) and loss `Ie-eff` (G.107 § 3.5). Opus' own values are not in G.113; `Ie = 0` and `Bpl = 10`
/// stand for its concealment without packet loss redundancy. **Not promised:** comparison with other products' figures.
public final class Mos {
    private static final double BEST = 93.2;
    private static final double CODEC_IMPAIRMENT = 0;
    private static final double LOSS_ROBUSTNESS = 10;

    /// Coding, packetisation and playout that are not in the network's figures.
    private static final double OWN_DELAY_MS = 40;

    private Mos() {}

    /// @param rtt round trip of the network; half of it is the way here
    /// @param jitter the jitter buffer holds about twice as much
    /// @param loss lost / expected packets in the period, 0 to 1
    /// @return 1.0 to about 4.4
    public static double of(Duration rtt, Duration jitter, double loss) {
        double delay = millis(rtt) / 2 + 2 * millis(jitter) + OWN_DELAY_MS;
        double delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
        double percent = 100 * Math.clamp(loss, 0, 1);
        double lossImpairment = CODEC_IMPAIRMENT + (95 - CODEC_IMPAIRMENT) * percent / (percent + LOSS_ROBUSTNESS);
        return ofRating(BEST - delayImpairment - lossImpairment);
    }

    /// G.107 annex B: from the rating R (0 to 100) to the score.
    static double ofRating(double rating) {
        if (rating <= 0) return 1;
        if (rating >= 100) return 4.5;
        double score = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
        return Math.max(1, score);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
