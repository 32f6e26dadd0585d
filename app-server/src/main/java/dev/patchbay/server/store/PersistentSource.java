package dev.patchbay.server.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Connections to a server that may be away: once [#persist] was said, whoever asks for one waits until it is back,
/// with ten tries a second, or until it is interrupted.
///
/// For the pool's own thread, which would otherwise rest for up to five seconds after some failures. Requests do not
/// wait here; they wait for the pool, and not for long.
final class PersistentSource implements DataSource {
    private static final long PAUSE_MILLIS = 100;

    private final DataSource source;
    private volatile boolean persistent;

    PersistentSource(DataSource source) {
        this.source = source;
    }

    /// From now on it does not give up. Until then a failure is one, so that a server that cannot start says why.
    void persist() {
        persistent = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                if (!persistent || !Database.isAway(e)) {
                    throw e;
                }
                rest(e);
            }
        }
    }

    private static void rest(SQLException failure) throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return source.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
