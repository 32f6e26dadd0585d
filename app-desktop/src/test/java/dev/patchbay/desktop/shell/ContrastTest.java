package dev.patchbay.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (what is no text).
class ContrastTest {
    private static final Pattern COLOUR = Pattern.compile("-pb-([a-z-]+): (#[0-9a-f]{6});");
    private static final Pattern AVATAR = Pattern.compile("\\.avatar-\\d \\{ -fx-background-color: (#[0-9a-f]{6})");

    /// Text on the grounds it stands on, as patchbay.css uses them.
    private static final List<String> TEXT = List.of(
            "text bg,surface,raised,sunken,select,accent-soft,good-soft,warn-soft,bad-soft",
            "text-soft bg,surface,raised,sunken,select,accent-soft,warn-soft",
            "accent-text surface,bg,accent-soft",
            "good surface,bg,good-soft,select",
            "warn surface,bg,warn-soft,select",
            "bad surface,bg,bad-soft,select",
            "call surface,call-soft",
            "wrap surface,wrap-soft",
            "pause surface,pause-soft",
            "on-accent accent,accent-strong",
            "on-bad bad-fill",
            "surface good",
            "rail-text rail,rail-hover",
            "rail-strong rail,rail-active,rail-badge",
            "rail-soft rail,rail-hover");

    /// Dots, bars and rings beside the grounds they are seen on.
    private static final List<String> SHAPES = List.of(
            "focus surface,bg,rail",
            "good-fill surface",
            "bad-fill surface",
            "call-fill surface",
            "wrap-fill surface",
            "pause-fill surface");

    @ParameterizedTest
    @EnumSource(Look.Theme.class)
    void textCanBeReadOnEveryGround(Look.Theme theme) throws IOException {
        check(theme, TEXT, 4.5);
    }

    @ParameterizedTest
    @EnumSource(Look.Theme.class)
    void dotsAndRingsStandOut(Look.Theme theme) throws IOException {
        check(theme, SHAPES, 3);
    }

    @org.junit.jupiter.api.Test
    void initialsCanBeReadOnEveryAvatar() throws IOException {
        Matcher avatar = AVATAR.matcher(sheet("patchbay"));
        int seen = 0;
        while (avatar.find()) {
            seen++;
            assertThat(contrast(Color.WHITE, Color.web(avatar.group(1))))
                    .as(avatar.group(1))
                    .isGreaterThanOrEqualTo(4.5);
        }
        assertThat(seen).isEqualTo(8);
    }

    private static void check(Look.Theme theme, List<String> pairs, double least) throws IOException {
        Map<String, Color> colours = new HashMap<>();
        Matcher colour = COLOUR.matcher(sheet(theme.file()));
        while (colour.find()) {
            colours.put(colour.group(1), Color.web(colour.group(2)));
        }
        var soft = new org.assertj.core.api.SoftAssertions();
        for (String pair : pairs) {
            String front = pair.split(" ")[0];
            for (String ground : pair.split(" ")[1].split(",")) {
                soft.assertThat(contrast(colour(colours, front), colour(colours, ground)))
                        .as("%s on %s in %s", front, ground, theme)
                        .isGreaterThanOrEqualTo(least);
            }
        }
        soft.assertAll();
    }

    private static Color colour(Map<String, Color> colours, String name) {
        return Objects.requireNonNull(colours.get(name), name);
    }

    private static double contrast(Color a, Color b) {
        double one = luminance(a);
        double two = luminance(b);
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * part(c.getRed()) + 0.7152 * part(c.getGreen()) + 0.0722 * part(c.getBlue());
    }

    private static double part(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static String sheet(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                ContrastTest.class.getResourceAsStream("/dev/patchbay/desktop/look/" + name + ".css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
