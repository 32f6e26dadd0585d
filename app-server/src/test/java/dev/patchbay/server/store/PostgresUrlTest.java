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
                .startsWith("jdbc:postgresql://one:5432,two:5433/x");
    }

    @Test
    void overANetworkTheServerProvesWhoItIsUnlessTheAddressSaysOtherwise() {
        assertThat(PostgresUrl.parse("postgres://db.example.com/x").jdbc())
                .isEqualTo("jdbc:postgresql://db.example.com/x?sslmode=verify-full"
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        assertThat(PostgresUrl.parse("jdbc:postgresql://10.0.0.5:5432/x?sslrootcert=/etc/db.pem")
                        .jdbc())
                .isEqualTo("jdbc:postgresql://10.0.0.5:5432/x?sslrootcert=/etc/db.pem&sslmode=verify-full");
        assertThat(PostgresUrl.parse("postgres://db/x?sslmode=disable").jdbc())
                .isEqualTo("jdbc:postgresql://db/x?sslmode=disable");
        assertThat(PostgresUrl.parse("postgres://localhost,db/x").jdbc()).contains("verify-full");
        for (String here : new String[] {"localhost", "localhost:5433", "127.0.0.1", "[::1]:5432"}) {
            assertThat(PostgresUrl.parse("postgres://" + here + "/x").jdbc())
                    .isEqualTo("jdbc:postgresql://" + here + "/x");
        }
        assertThat(PostgresUrl.parse("postgres://localhost.evil.test/x").jdbc()).contains("verify-full");
    }

    @Test
    void anAddressWithoutAHostIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> PostgresUrl.parse("postgres://u:s3cr3t@/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }
}
