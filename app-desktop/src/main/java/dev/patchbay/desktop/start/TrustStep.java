package dev.patchbay.desktop.start;

import dev.patchbay.desktop.words.Words;
import java.util.function.Consumer;
import javafx.scene.control.TextArea;

/// A certificate seen for the first time that no known authority vouches for: the person compares its fingerprint.
final class TrustStep extends Step {
    TrustStep(
            StartActions actions,
            StartActions.Found found,
            String fingerprint,
            Runnable back,
            Consumer<StartActions.Server> connected) {
        super(Words.bind("start.trust.title"), Words.bind("start.trust.intro", found.address()));
        content(fingerprint(fingerprint));
        button(Words.bind("start.trust.no"), false, back);
        button(
                Words.bind("start.trust.yes"),
                true,
                () -> work(Words.of("start.connect.working"), () -> actions.connect(found), connected, _ -> {}));
    }

    /// In groups, to be read aloud and copied.
    static TextArea fingerprint(String fingerprint) {
        TextArea text = new TextArea(fingerprint);
        text.setEditable(false);
        text.setWrapText(true);
        text.setPrefRowCount(3);
        text.setMinHeight(76);
        text.getStyleClass().add("fingerprint");
        text.accessibleTextProperty().bind(Words.bind("start.fingerprint"));
        return text;
    }
}
