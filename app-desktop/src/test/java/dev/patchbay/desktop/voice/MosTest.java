package dev.patchbay.desktop.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MosTest {
    private static double of(int rtt, int jitter, double loss) {
        return Mos.of(Duration.ofMillis(rtt), Duration.ofMillis(jitter), loss);
    }

    /// ITU-T G.107 annex B, table B.1.
    @Test
    void ratingsBecomeTheScoresOfTheStandard() {
        assertThat(Mos.ofRating(90)).isCloseTo(4.34, within(0.01));
        assertThat(Mos.ofRating(80)).isCloseTo(4.03, within(0.01));
        assertThat(Mos.ofRating(70)).isCloseTo(3.60, within(0.01));
        assertThat(Mos.ofRating(60)).isCloseTo(3.10, within(0.01));
        assertThat(Mos.ofRating(50)).isCloseTo(2.58, within(0.01));
        assertThat(Mos.ofRating(-5)).isEqualTo(1);
        assertThat(Mos.ofRating(120)).isEqualTo(4.5);
    }

    @Test
    void aGoodLineIsGoodAndADeadOneIsNot() {
        assertThat(of(20, 2, 0)).isBetween(4.2, 4.5);
        assertThat(of(20, 2, 1)).isLessThan(1.5);
    }

    @Test
    void everyImpairmentMakesItWorse() {
        for (int step = 0; step < 20; step++) {
            assertThat(of(50 * step + 50, 5, 0)).isLessThan(of(50 * step, 5, 0));
            assertThat(of(50, 10 * step + 10, 0)).isLessThan(of(50, 10 * step, 0));
            assertThat(of(50, 5, 0.02 * step + 0.02)).isLessThan(of(50, 5, 0.02 * step));
        }
    }

    @Test
    void nonsenseFromTheStatisticsStaysInRange() {
        assertThat(of(0, 0, -3)).isBetween(1.0, 4.5);
        assertThat(of(60_000, 60_000, 7)).isEqualTo(1);
    }
}
