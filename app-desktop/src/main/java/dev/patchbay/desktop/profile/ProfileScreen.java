package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Me;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The own account, reached from the user's menu.
public final class ProfileScreen implements Screen {
    private final List<AccountCard> cards;
    private @Nullable Node view;

    /// @param renamed hears of a new name
    /// @param language keeps the choice of language on this machine
    public ProfileScreen(Me me, Errands errands, Consumer<String> renamed, Consumer<Locale> language) {
        SessionsCard sessions = new SessionsCard(errands);
        cards = List.of(
                new PersonCard(me, errands, renamed, language),
                new PasswordCard(errands, sessions::load),
                new SecondFactorCard(me.email(), errands),
                sessions);
    }

    @Override
    public String id() {
        return "profile";
    }

    @Override
    public String titleKey() {
        return "profile.title";
    }

    @Override
    public Feather icon() {
        return Feather.USER;
    }

    @Override
    public boolean inRail() {
        return false;
    }

    @Override
    public Node view() {
        Node known = view;
        if (known == null) {
            VBox all = new VBox(16);
            all.getChildren().addAll(cards);
            all.setMaxWidth(720);
            ScrollPane scroll = new ScrollPane(all);
            scroll.setFitToWidth(true);
            scroll.setFocusTraversable(false);
            VBox.setVgrow(scroll, Priority.ALWAYS);
            VBox box = new VBox(label(Words.bind("profile.title"), "title"), scroll);
            box.getStyleClass().add("screen");
            known = box;
            view = known;
        }
        return known;
    }

    @Override
    public void onShow() {
        cards.forEach(AccountCard::onShow);
    }

    @Override
    public void onHide() {
        cards.forEach(AccountCard::onHide);
    }
}
