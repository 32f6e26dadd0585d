package dev.patchbay.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FuzzyTest {
    @Test
    void lettersInOrderAreEnough() {
        assertThat(Fuzzy.score("sgo", "Sign out")).isGreaterThan(Fuzzy.NONE);
        assertThat(Fuzzy.score("ogs", "Sign out")).isEqualTo(Fuzzy.NONE);
    }

    @Test
    void theBeginningOfAWordBeatsItsMiddle() {
        assertThat(Fuzzy.score("call", "Calls")).isGreaterThan(Fuzzy.score("call", "Recall the lead"));
        assertThat(Fuzzy.score("so", "Sign out")).isGreaterThan(Fuzzy.score("so", "Person"));
    }

    @Test
    void accentsAndCaseDoNotMatter() {
        assertThat(Fuzzy.score("chloe", "Chloé Dubois")).isGreaterThan(Fuzzy.NONE);
        assertThat(Fuzzy.score("UBER", "Über Patchbay")).isGreaterThan(Fuzzy.NONE);
    }
}
