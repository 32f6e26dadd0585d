package dev.patchbay.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresUrlTest {
    @Test
    void theFormOfPsqlIsUnderstood() {
        PostgresUrl url = PostgresUrl.parse("postgres://ann:p%40ss+word@db.example.com:5433/calls?sslmode=require");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example.com:5433/calls?sslmode=require");
        assertThat(url.user()).contains("ann");
        assertThat(url.password()).contains("p@ss+word");
    }

    @Test
    void thePasswordLeavesAJdbcAddress() {
        PostgresUrl url = PostgresUrl.parse("jdbc:postgresql://db/x?user=u&password=s3cr3t&ssl=true");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db/x?ssl=true");
        assertThat(url.password()).contains("s3cr3t");
        assertThat(url.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void severalHostsAreKept() {
        assertThat(PostgresUrl.parse("postgresql://one:5432,two:5433/x").jdbc())
                .isEqualTo("jdbc:postgresql://one:5432,two:5433/x");
    }

    @Test
    void anAddressWithoutAHostIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> PostgresUrl.parse("postgres://u:s3cr3t@/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }
}
