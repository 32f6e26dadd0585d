package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /health`.
///
/// @param status `ok` or `degraded`
/// @param reason what is wrong, when degraded
public record Health(
        String status,
        Instant timestamp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {}
