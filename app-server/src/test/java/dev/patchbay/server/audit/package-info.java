/// Tests of the audit log, on the database itself.
@NullMarked
package dev.patchbay.server.audit;

import org.jspecify.annotations.NullMarked;
