/// Who asks, what they may do, and how a refusal is said.
///
/// [Principal] is the outcome of authentication; [Access] is what a route or live command demands; [Refusal] is every
/// expected "no", with status,
/// code and sentence. Nothing here does I/O. Permissions are checked in one place: [Access#check], called by the HTTP
/// and live edges.
@NullMarked
package dev.patchbay.server.access;

import org.jspecify.annotations.NullMarked;
