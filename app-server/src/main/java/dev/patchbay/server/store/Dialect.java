package dev.patchbay.server.store;

/// What H2 and PostgreSQL do differently.
public enum Dialect {
    H2("db/h2", "varchar"),
    POSTGRESQL("db/postgresql", "jsonb");

    private final String migrations;
    private final String json;

    Dialect(String migrations, String json) {
        this.migrations = migrations;
        this.json = json;
    }

    static Dialect of(String jdbcUrl) {
        if (jdbcUrl.startsWith("jdbc:h2:")) {
            return H2;
        }
        if (jdbcUrl.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new IllegalArgumentException("DATABASE_URL begins with jdbc:h2: or jdbc:postgresql:");
    }

    /// The class path folder of this database's own migrations.
    String migrations() {
        return migrations;
    }

    /// The column type for JSON. H2's own JSON type would store a bound string as a JSON string, hence text there.
    String json() {
        return json;
    }

    /// How a bound text becomes a JSON column's value.
    public String jsonParameter(String name) {
        return switch (this) {
            case H2 -> ":" + name;
            case POSTGRESQL -> "cast(:" + name + " as jsonb)";
        };
    }
}
