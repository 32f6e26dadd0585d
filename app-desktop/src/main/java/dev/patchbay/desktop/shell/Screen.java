package dev.patchbay.desktop.shell;

import dev.patchbay.model.Permission;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// One entry of the rail and what it shows in the centre.
public interface Screen {
    /// A stable name, such as `leads`; the badge and the remembered screen go by it.
    String id();

    /// The words key of its name.
    String titleKey();

    Feather icon();

    /// What a user needs for it to be there at all; null for everybody.
    default @Nullable Permission permission() {
        return null;
    }

    /// Whether it has an entry in the rail; else it is reached by an action alone.
    default boolean inRail() {
        return true;
    }

    /// The node, built at the first call and the same ever after.
    Node view();

    /// Comes into view: bind.
    void onShow();

    /// Leaves the view: undo everything [#onShow] did.
    void onHide();
}
