package dev.patchbay.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// How connections are made and kept.
///
/// The time-outs make a database that is away, or that stopped in mid-word, a refusal and not a wait: 2 s to get a
/// connection, 10 s for an answer on one. Nothing a request does takes that long; migrations may, and have a connection
/// without that limit.
final class Pool {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /// Less than the two seconds within which a request is refused.
    private static final Duration WAIT = Duration.ofMillis(1_500);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /// 90067 broken, 90098 and 90121 closed, 90028, 90030 and 90031 failed to write or read.
    private static final Set<Integer> H2_BROKEN = Set.of(90067, 90098, 90121, 90028, 90030, 90031);

    private Pool() {}

    /// Which connections are of no more use. The pool knows the standard's states but not those of H2, and H2 opens a
    /// database that had to close (its disk was full) anew only when the last of the old connections has gone.
    private static final class Broken implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return H2_BROKEN.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    /// @throws RuntimeException when no connection can be made
    static HikariDataSource open(Database.Address address, Dialect dialect) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(address.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT.toMillis());
        config.setValidationTimeout(1_000);
        config.setPoolName("patchbay");
        config.setExceptionOverride(new Broken());
        return switch (dialect) {
            case H2 -> {
                config.setJdbcUrl(address.url());
                config.setUsername(address.user());
                config.setPassword(address.password());
                yield new HikariDataSource(config);
            }
            case POSTGRESQL -> {
                PersistentSource source = new PersistentSource(source(address));
                config.setDataSource(source);
                // A forgotten transaction must not hold a company's row for ever, nor a waiter wait for it.
                config.setConnectionInitSql(
                        "set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '30s'; set time zone 'UTC';"
                                + " select patchbay_session()");
                HikariDataSource pool = new HikariDataSource(config);
                source.persist();
                yield pool;
            }
        };
    }

    private static DataSource source(Database.Address address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("patchbay");
        source.setConnectTimeout((int) CONNECT.toSeconds());
        source.setLoginTimeout((int) CONNECT.toSeconds());
        source.setSocketTimeout((int) ANSWER.toSeconds());
        source.setCancelSignalTimeout((int) CONNECT.toSeconds());
        source.setTcpKeepAlive(true);
        return source;
    }

    private static void usual(Properties properties) {
        properties.setProperty(PGProperty.CONNECT_TIMEOUT.getName(), String.valueOf(CONNECT.toSeconds()));
        properties.setProperty(PGProperty.LOGIN_TIMEOUT.getName(), String.valueOf(CONNECT.toSeconds()));
        properties.setProperty(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        // A cancel request to a server that is away would wait as long as the connection did.
        properties.setProperty(PGProperty.CANCEL_SIGNAL_TIMEOUT.getName(), "2");
    }

    /// For migrations and backups on PostgreSQL: connections with the owner's rights, without a limit on answers.
    static DataSource patient(Database.Address address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("patchbay migrations");
        source.setConnectTimeout((int) CONNECT.toSeconds());
        return source;
    }

    static Connection aside(Database.Address address, String purpose, Duration answer) throws SQLException {
        Properties properties = new Properties();
        usual(properties);
        properties.setProperty(PGProperty.APPLICATION_NAME.getName(), "patchbay " + purpose);
        properties.setProperty(PGProperty.USER.getName(), address.user());
        properties.setProperty(PGProperty.PASSWORD.getName(), address.password());
        properties.setProperty(PGProperty.SOCKET_TIMEOUT.getName(), String.valueOf(Math.max(1, answer.toSeconds())));
        return DriverManager.getConnection(address.url(), properties);
    }
}
