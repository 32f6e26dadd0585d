package dev.patchbay.model;

/// A colleague, as `GET /directory` lists them.
///
/// @param state the agent's state, or `offline`
public record DirectoryEntry(UserId id, String name, String state) {}
