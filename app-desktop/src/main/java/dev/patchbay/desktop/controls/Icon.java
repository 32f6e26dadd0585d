package dev.patchbay.desktop.controls;

import javafx.scene.AccessibleRole;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Feather icons in the colour of the text around them. An icon is ornament: the word beside it, or the accessible name
/// of its button, carries the meaning.
public final class Icon {
    private Icon() {}

    /// The usual 16 px.
    public static FontIcon of(Feather feather) {
        return of(feather, 16);
    }

    public static FontIcon of(Feather feather, int pixels) {
        FontIcon icon = new FontIcon(feather);
        icon.setIconSize(pixels);
        icon.getStyleClass().add("icon");
        icon.setAccessibleRole(AccessibleRole.NODE);
        return icon;
    }
}
