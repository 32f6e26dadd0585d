package dev.patchbay.desktop.admin;

/// One column of a section's table.
///
/// @param field the JSON name; an input of the same name lends its choices' words
/// @param always shown beside an open editor too
record Column(String field, double width, Look look, boolean always) {
    /// How its value is drawn.
    enum Look {
        PLAIN,
        STRONG,
        /// A name with the person's initials.
        PERSON,
        /// Several values as pills.
        PILLS,
        /// Active or switched off.
        ACTIVE,
        /// A number of seconds; nothing is "until the agent is done".
        SECONDS,
        YES_NO,
        /// An instant; nothing is "for ever".
        TIME,
        /// How many values the array has.
        SIZE
    }

    static Column plain(String field, double width) {
        return new Column(field, width, Look.PLAIN, false);
    }

    static Column name(double width) {
        return new Column("name", width, Look.STRONG, true);
    }

    Column drawn(Look wanted) {
        return new Column(field, width, wanted, always);
    }

    Column kept() {
        return new Column(field, width, look, true);
    }
}
