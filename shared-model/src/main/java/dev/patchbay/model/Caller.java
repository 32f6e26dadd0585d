package dev.patchbay.model;

import org.jspecify.annotations.Nullable;

/// What is known of the other side of a call.
///
/// @param phone E.164, or null
public record Caller(String name, @Nullable String phone) {}
