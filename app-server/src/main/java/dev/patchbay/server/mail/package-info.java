/// E-mail through one SMTP server: the few letters that the server itself writes.
///
/// [Mailer#send] only queues; one thread sends, tries again, and says in the log what was given up. The queue is in
/// memory: what must survive a restart is a delivery, not a letter of this package.
///
/// Never: the text of a letter in a log; a letter over a line that anybody may read, but to this machine or when the
/// administrator says so (`SMTP_TLS=none`).
/// Start reading at [Mailer].
@NullMarked
package dev.patchbay.server.mail;

import org.jspecify.annotations.NullMarked;
