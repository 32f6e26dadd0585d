package dev.patchbay.model;

import org.jspecify.annotations.Nullable;

/// Why an agent is in a state: a code that the console says in the user's language, and the person it concerns.
///
/// @param code such as `signedIn`, `chosen`, `callOffered`, `answered`, `callerHungUp`, `agentHungUp`, `rangOut`,
/// `declined`, `wrapUpDone`,
///     `wrapUpTimeOut`, `consoleLost`, `supervisor`
public record Because(String code, @Nullable String who) {}
