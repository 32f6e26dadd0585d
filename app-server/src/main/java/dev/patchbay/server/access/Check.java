package dev.patchbay.server.access;

import dev.patchbay.model.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a request, so that the asker learns all of it at once:
///
///     Check check = new Check();
///     String name = check.text("name", body.name(), 1, 200);
///     String email = check.email("email", body.email());
///     check.done();
public final class Check {
    // Deliberately loose: whether an address works is known only by writing to it.
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");

    private final List<FieldError> errors = new ArrayList<>();

    /// A text without blanks around it.
    ///
    /// @param least and most count characters (code points)
    /// @return the stripped text, also when it is wrong
    public String text(String field, @Nullable String value, int least, int most) {
        String text = value == null ? "" : value.strip();
        int length = text.codePointCount(0, text.length());
        if (!Input.storable(text)) {
            add(field, "INVALID_TEXT", field + " holds characters that are no text.");
        } else if (length < least) {
            add(
                    field,
                    length == 0 ? "REQUIRED" : "TOO_SHORT",
                    length == 0 ? field + " is missing." : field + " needs at least " + least + " characters.");
        } else if (length > most) {
            add(field, "TOO_LONG", field + " has at most " + most + " characters.");
        }
        return text;
    }

    /// As [#text]; null and blank text are null.
    public @Nullable String optional(String field, @Nullable String value, int most) {
        return value == null || value.isBlank() ? null : text(field, value, 1, most);
    }

    /// An e-mail address, in lower case.
    public String email(String field, @Nullable String value) {
        int before = errors.size();
        String email = text(field, value, 3, 254).toLowerCase(Locale.ROOT);
        if (errors.size() == before && !EMAIL.matcher(email).matches()) {
            add(field, "INVALID_EMAIL", field + " is no e-mail address.");
        }
        return email;
    }

    /// @param code for a program
    public void add(String field, String code, String message) {
        errors.add(new FieldError(field, message, code));
    }

    public void that(boolean fulfilled, String field, String message) {
        if (!fulfilled) {
            add(field, "VALIDATION_ERROR", message);
        }
    }

    /// What was wrong so far, for those who tell it in their own way.
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /// @throws Refusal 400 with everything that was wrong
    public void done() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
    }
}
