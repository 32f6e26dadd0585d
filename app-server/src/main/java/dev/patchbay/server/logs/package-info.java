/// How a log line looks, and what never stands in one.
///
/// [Lines] writes text (`YYYY-MM-DD HH:mm:ss:SSS [LEVEL]: Message`), [JsonLines] one JSON object a line. Both pass
/// messages and stack traces through [Redaction] and escape control characters, so that what a client sent neither
/// forges a line nor moves a terminal's cursor. They run on the thread that logs and keep no state.
/// Never: a token, a password, a telephone number in full. Who logs leaves these out; the redaction is the second wall.
/// Start reading at [Lines].
@NullMarked
package dev.patchbay.server.logs;

import org.jspecify.annotations.NullMarked;
