package dev.patchbay.model;

/// What is wrong with one field of a request.
///
/// @param field the field's JSON name, with dots for nested ones
/// @param message one sentence for a person
/// @param code for a program, such as `VALIDATION_ERROR` or `REQUIRED`
public record FieldError(String field, String message, String code) {}
