package dev.patchbay.server.store;

import dev.patchbay.model.CompanyId;

/// Names a command so that it is done once: the first write transaction that runs under [#KEY] also inserts the name,
/// and a second one with the same name fails with [Repeated] before it changes anything. Kept for 24 hours.
public final class Once {
    /// Bound by the edges (live commands, `Idempotency-Key`) around the use case.
    public static final ScopedValue<Key> KEY = ScopedValue.newInstance();

    private Once() {}

    /// Mutable on purpose: only the first write transaction of a command inserts it.
    public static final class Key {
        private final CompanyId company;
        private final String principal;
        private final String id;
        private boolean inserted;

        public Key(CompanyId company, String principal, String id) {
            this.company = company;
            this.principal = principal;
            this.id = id;
        }

        /// Whose command it is. What it does in another company (founding one) is not named there.
        CompanyId company() {
            return company;
        }

        public String principal() {
            return principal;
        }

        public String id() {
            return id;
        }

        boolean inserted() {
            return inserted;
        }

        void insertedNow() {
            inserted = true;
        }
    }

    /// The command was done before; its first answer is in the table `command`.
    public static final class Repeated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Repeated(String id) {
            super("command done before: " + id, null, false, false);
        }
    }
}
