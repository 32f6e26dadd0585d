package dev.patchbay.desktop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49221", "-2", "@SUM(A1)"})
    void aCellThatASpreadsheetWouldRunIsMadeText(String cell) {
        assertThat(Csv.line(cell)).isEqualTo("'" + cell + "\r\n");
    }

    @Test
    void commasQuotesAndLinesAreQuoted() {
        assertThat(Csv.line("a,b", "say \"no\"", "two\nlines", "plain"))
                .isEqualTo("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",plain\r\n");
    }

    @Test
    void aTableWithSemicolonsIsReadAsOneWithCommas() {
        assertThat(Csv.withCommas("name;email;roles\r\n\"Novak; Emma\";emma@a.test;Agent, Manager\r\n"))
                .isEqualTo("name,email,roles\n\"Novak; Emma\",emma@a.test,\"Agent, Manager\"\n");
    }

    @Test
    void aTableWithCommasIsLeftAlone() {
        String table = "name,email,roles\nOmar,omar@a.test,Agent;Manager\n";
        assertThat(Csv.withCommas(table)).isEqualTo(table);
    }
}
