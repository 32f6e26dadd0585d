/// What tells an administrator how the server does: `/settings/system/status`.
///
/// [StatusRoutes] asks each part when it is asked itself; nothing is kept and no thread runs. The figures of response
/// times come from [dev.patchbay.server.http.Timings], those of the pool from the meters.
/// Never: a secret, a host's full address of the database, or a company's data.
@NullMarked
package dev.patchbay.server.operations;

import org.jspecify.annotations.NullMarked;
