/// The HTTP edge: Javalin set-up, routes, error mapping.
///
/// A feature lists its routes as [Route] values in one readable list; the edge authenticates, checks access, reads and
/// validates the body, runs the handler on
/// a virtual thread and maps the outcome. The same list makes the OpenAPI document and the isolation tests.
/// Never: a stack trace in an answer; a handler that trusts a company id from the request.
@NullMarked
package dev.patchbay.server.http;

import org.jspecify.annotations.NullMarked;
