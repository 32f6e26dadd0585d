package dev.patchbay.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs a test class on PostgreSQL: what it makes with [TestDatabase#fresh], as [TestServer] and the others do.
///
/// A contract that holds on both databases is a class, which runs on H2, and a subclass of one line with this
/// annotation. A class of its own and not a parameter, so that a failure on one database is never taken for a flake of
/// the other.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(OnPostgres.Use.class)
public @interface OnPostgres {
    /// Sets the kind while the class runs.
    final class Use implements BeforeAllCallback, AfterAllCallback {
        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(OnPostgres.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            context.getStore(HERE).put("before", TestDatabase.current());
            TestDatabase.use(TestDatabase.Kind.POSTGRESQL);
        }

        @Override
        public void afterAll(ExtensionContext context) {
            TestDatabase.use(context.getStore(HERE).remove("before", TestDatabase.Kind.class));
        }
    }
}
