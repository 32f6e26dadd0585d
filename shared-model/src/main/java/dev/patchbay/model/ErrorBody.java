package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one shape of every refusal, on REST and on `/live`.
///
/// @param status always `error`
/// @param message one sentence for a person
/// @param code for a program, such as `LEAD_ALREADY_CLAIMED`
/// @param errors what is wrong with which field; empty when the request as a whole was refused
/// @param details what the code promises besides, such as the `owner` of a claimed lead; absent when nothing is
public record ErrorBody(
        String status,
        String message,
        String code,
        List<FieldError> errors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode details) {
    public ErrorBody {
        errors = List.copyOf(errors);
    }

    public static ErrorBody of(String code, String message) {
        return new ErrorBody("error", message, code, List.of(), null);
    }
}
