package dev.patchbay.desktop.admin;

import javafx.scene.Node;

/// What the administration shows at one place of its list. Built when it is first opened.
interface Part {
    Node node();

    /// Comes into view.
    void onShow();
}
