package dev.patchbay.desktop.softphone;

import java.time.Duration;

/// How the call sounds.
///
/// @param mos 1 to 4.4; see the voice package
/// @param loss 0 to 1
/// @param grade what the bar shows
/// @param cause what spoils it most; `NONE` when it is good
public record Sound(double mos, Duration rtt, Duration jitter, double loss, Grade grade, Cause cause) {
    public enum Grade {
        GOOD,
        FAIR,
        POOR
    }

    /// Each has an advice: words keys `softphone.advice.none`, `.loss`, `.delay`, `.jitter`.
    public enum Cause {
        NONE,
        LOSS,
        DELAY,
        JITTER
    }

    /// Grades by the MOS, and names the cause by what costs most: the impairments of ITU-T G.107 are about 1 per 4 ms
    /// of one-way delay beyond 150 ms, and for Opus about 1 per half percent of loss; jitter is delay in the
    /// buffer.
    public static Sound of(double mos, Duration rtt, Duration jitter, double loss) {
        Grade grade = mos >= 4.0 ? Grade.GOOD : mos >= 3.4 ? Grade.FAIR : Grade.POOR;
        double byLoss = loss * 200;
        double byDelay = Math.max(0, rtt.toMillis() / 2.0 - 150) / 4;
        double byJitter = Math.max(0, jitter.toMillis() - 20) / 4.0;
        Cause cause = grade == Grade.GOOD
                ? Cause.NONE
                : byLoss >= byDelay && byLoss >= byJitter
                        ? Cause.LOSS
                        : byDelay >= byJitter ? Cause.DELAY : Cause.JITTER;
        return new Sound(mos, rtt, jitter, loss, grade, cause);
    }
}
