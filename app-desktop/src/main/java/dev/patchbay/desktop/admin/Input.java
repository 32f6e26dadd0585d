package dev.patchbay.desktop.admin;

/// One field of an editor: which part of the entry, and what may stand there.
sealed interface Input {
    /// The JSON name, with dots for nested ones.
    String field();

    /// Which entries have it.
    default When when() {
        return When.ALWAYS;
    }

    /// Which entries an input is for.
    enum When {
        ALWAYS,
        /// Such as a first password.
        NEW,
        /// Such as whether it is in use.
        OLD
    }

    /// @param most characters
    record Line(String field, Shape shape, boolean required, int most, When when) implements Input {
        static Line required(String field, int most) {
            return new Line(field, Shape.PLAIN, true, most, When.ALWAYS);
        }

        static Line optional(String field, int most) {
            return new Line(field, Shape.PLAIN, false, most, When.ALWAYS);
        }

        Line shaped(Shape wanted) {
            return new Line(field, wanted, required, most, when);
        }

        Line whenNew() {
            return new Line(field, shape, required, most, When.NEW);
        }
    }

    /// What a line holds.
    enum Shape {
        PLAIN,
        EMAIL,
        /// Hidden while typed.
        PASSWORD,
        /// Two letters.
        COUNTRY
    }

    /// A whole number.
    ///
    /// @param optional may be left empty: null then
    record Count(String field, int least, int most, boolean optional) implements Input {}

    record Switch(String field, When when) implements Input {}

    /// @param optional may be none: null then
    record One(String field, Choice.Source choices, boolean optional, String usual, When when) implements Input {
        One(String field, Choice.Source choices, boolean optional, String usual) {
            this(field, choices, optional, usual, When.ALWAYS);
        }
    }

    /// Any number of choices, in no order.
    record Many(String field, Choice.Source choices) implements Input {}

    /// People in and people out, side by side.
    record People(String field, Choice.Source choices) implements Input {}
}
