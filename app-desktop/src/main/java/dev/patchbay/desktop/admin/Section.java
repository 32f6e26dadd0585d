package dev.patchbay.desktop.admin;

import dev.patchbay.model.Permission;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// One list of the administration, described.
///
/// @param id stable, such as `users`
/// @param words under which its words stand, such as `admin.users.`: `title`, `one`, `new`, `empty`, `empty.text`, and
///     one for each column and input, with `.hint` for what is said below an input
/// @param needs the permission to see it
/// @param can what may be done with its entries
record Section(
        String id,
        String words,
        Feather icon,
        Permission needs,
        Shelf shelf,
        List<Column> columns,
        List<Input> inputs,
        Can can) {
    Section {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
    }

    /// What may be done.
    ///
    /// @param add new entries
    /// @param change those that are there
    record Can(boolean add, boolean change, Removal removal) {
        static final Can LOOK = new Can(false, false, Removal.NEVER);
    }

    /// How an entry goes.
    enum Removal {
        NEVER,
        /// At once; a toast offers to bring it back, which makes it again.
        UNDO,
        /// For good: asked about first.
        CONFIRM
    }

    /// The choices of an input, when it has any.
    static List<Input> withChoices(List<Input> inputs) {
        return inputs.stream().filter(input -> source(input) != null).toList();
    }

    static Choice.@org.jspecify.annotations.Nullable Source source(Input input) {
        return switch (input) {
            case Input.One one -> one.choices();
            case Input.Many many -> many.choices();
            case Input.People people -> people.choices();
            case Input.Line _, Input.Count _, Input.Switch _ -> null;
        };
    }
}
