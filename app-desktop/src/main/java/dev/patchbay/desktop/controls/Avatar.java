package dev.patchbay.desktop.controls;

import java.util.Locale;
import java.util.regex.Pattern;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/// A person's initials on a colour that stays the same for the same name.
public final class Avatar extends StackPane {
    private static final int COLOURS = 8;
    private static final Pattern SPACE = Pattern.compile("[\\s·,]+");

    private final StringProperty name = new SimpleStringProperty("");
    private final Label initials = new Label();

    /// @param pixels the diameter
    public Avatar(int pixels) {
        getStyleClass().add("avatar");
        setMinSize(pixels, pixels);
        setPrefSize(pixels, pixels);
        setMaxSize(pixels, pixels);
        initials.setStyle("-fx-font-size: " + Math.max(9, Math.round(pixels * 0.38)) + "px;");
        getChildren().add(initials);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        accessibleTextProperty().bind(name);
        name.addListener((_, _, _) -> show());
        show();
    }

    public StringProperty name() {
        return name;
    }

    private void show() {
        String who = name.get() == null ? "" : name.get();
        initials.setText(initials(who));
        getStyleClass().removeIf(style -> style.startsWith("avatar-"));
        getStyleClass().add("avatar-" + Math.floorMod(who.hashCode(), COLOURS));
    }

    /// First letters of the first and the last word, at most two; `?` when there is no letter.
    static String initials(String name) {
        String[] words = SPACE.split(name.strip());
        String first = letter(words[0]);
        String last = words.length > 1 ? letter(words[words.length - 1]) : "";
        String both = first + last;
        return both.isEmpty() ? "?" : both.toUpperCase(Locale.ROOT);
    }

    private static String letter(String word) {
        return word.codePoints()
                .filter(Character::isLetter)
                .limit(1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
