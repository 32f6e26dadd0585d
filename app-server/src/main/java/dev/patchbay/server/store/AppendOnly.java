package dev.patchbay.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/// H2 calls this before a row of the audit log would be changed or removed. PostgreSQL has a function of its own.
public final class AppendOnly implements Trigger {
    @Override
    @SuppressWarnings("NullAway") // H2 passes null for the row that there is not.
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        throw new SQLException("the audit log only grows", "42501");
    }
}
