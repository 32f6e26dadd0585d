package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.icon;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.Notice;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.softphone.VoiceTrouble;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The dock: what is wrong with the sound at the top, then the card of the present state.
///
/// Cards are made when their state comes and let go when it goes; while it stays they only update, so that what is
/// typed and where the focus is stay too.
public final class DockView extends VBox {
    /// One state's card.
    interface Card {
        Node node();

        /// Shows the state; only ever called with those it was made for.
        void update(DockState state);

        /// Where the focus goes when the card comes, unless the user is typing elsewhere.
        Node first();

        /// Lets go of what it listens to.
        void close();
    }

    private static final double WIDTH = 320;

    private final DockController controller;
    private final DockModel model;
    private final Toasts toasts;
    private final PhoneModel phone;
    private final HBox trouble = new HBox(10);
    private final Label troubleText = label("", "strong");
    private final Label troubleAdvice = label("", "small");
    private final HBox warning = new HBox(10);
    private final Label warningText = label("", "small");
    private final ScrollPane middle = new ScrollPane();
    private final List<Runnable> unbind = new ArrayList<>();
    private @Nullable Card card;
    private @Nullable Class<?> cardOf;
    private boolean shown;

    /// @param toasts where what is to be said once appears
    public DockView(DockController controller, Toasts toasts) {
        this.controller = controller;
        this.toasts = toasts;
        this.model = controller.model();
        this.phone = model.phone();
        getStyleClass().add("dock");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        trouble.getStyleClass().addAll("banner", "tone-warn");
        trouble.setAlignment(Pos.TOP_LEFT);
        troubleText.setWrapText(true);
        troubleAdvice.setWrapText(true);
        trouble.getChildren().addAll(icon(Feather.VOLUME_X), grow(new VBox(2, troubleText, troubleAdvice)));
        warning.getStyleClass().addAll("banner", "tone-warn");
        warning.setAlignment(Pos.CENTER_LEFT);
        warningText.setWrapText(true);
        warning.getChildren()
                .addAll(
                        icon(Feather.MIC_OFF),
                        grow(warningText),
                        button(
                                Words.bind("softphone.warning.dismiss"),
                                controller::dismissWarning,
                                "quiet",
                                "compact"));
        middle.setFitToWidth(true);
        middle.setFitToHeight(true);
        middle.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        middle.getStyleClass().addAll("edge-to-edge", "dock-scroll");
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(trouble, warning, middle);
        reveal(trouble, false);
        reveal(warning, false);
    }

    /// Begins to follow the model; the dock is shown as long as the user is signed in.
    public void onShow() {
        if (shown) {
            return;
        }
        shown = true;
        controller.onShow();
        follow(phone.state(), (_, _, now) -> state(now));
        follow(phone.trouble(), (_, _, now) -> trouble(now));
        follow(phone.warning(), (_, _, now) -> warning(now));
        follow(Words.language(), (_, _, _) -> words());
        unbind.add(notices());
        ChangeListener<@Nullable Scene> moved = (_, before, now) -> {
            if (before != null) {
                before.removeEventFilter(KeyEvent.KEY_TYPED, typed);
            }
            if (now != null) {
                now.addEventFilter(KeyEvent.KEY_TYPED, typed);
            }
        };
        sceneProperty().addListener(moved);
        moved.changed(sceneProperty(), null, getScene());
        unbind.add(() -> {
            sceneProperty().removeListener(moved);
            moved.changed(sceneProperty(), getScene(), null);
        });
        words();
        state(phone.state().get());
    }

    public void onHide() {
        shown = false;
        controller.onHide();
        unbind.forEach(Runnable::run);
        unbind.clear();
        put(null, null);
    }

    private <T> void follow(javafx.beans.value.ObservableValue<T> value, ChangeListener<? super T> listener) {
        value.addListener(listener);
        unbind.add(() -> value.removeListener(listener));
    }

    /// A digit outside of a text field is a tone or a disposition; inside it is text.
    private final EventHandler<KeyEvent> typed = this::typed;

    private void typed(KeyEvent key) {
        if (!(key.getTarget() instanceof TextInputControl)
                && !key.isControlDown()
                && !key.isMetaDown()
                && key.getCharacter().length() == 1
                && controller.typed(key.getCharacter())) {
            key.consume();
        }
    }

    private Runnable notices() {
        AutoCloseable listening = phone.onNotice(this::say);
        return () -> {
            try {
                listening.close();
            } catch (Exception e) {
                throw new IllegalStateException("taking a listener away cannot fail", e);
            }
        };
    }

    private void say(Notice notice) {
        Tone tone =
                switch (notice.code()) {
                    case ANSWERED_BY_OTHER, CALLER_GONE, TOO_LATE -> Tone.NEUTRAL;
                    case NO_LINE, REFUSED, GIVEN_BACK -> Tone.BAD;
                };
        toasts.show(tone, Words.of("softphone.notice." + notice.code().name(), CallWords.plain(notice.text())));
    }

    private void words() {
        trouble(phone.trouble().get());
        warning(phone.warning().get());
        if (card != null) {
            card.update(phone.state().get());
        }
    }

    private void state(DockState now) {
        if (card == null || cardOf != now.getClass()) {
            put(
                    switch (now) {
                        case DockState.Idle _ -> new IdleCard(controller);
                        case DockState.Ringing _ -> new RingingCard(controller);
                        case DockState.InCall _ -> new InCallCard(controller);
                        case DockState.WrapUp _ -> new WrapUpCard(controller);
                    },
                    now.getClass());
        }
        if (card != null) {
            card.update(now);
        }
    }

    private void put(@Nullable Card next, @Nullable Class<?> of) {
        Card before = card;
        boolean focusHere = focusInside() || nobodyHasFocus();
        if (before != null) {
            before.close();
        }
        card = next;
        cardOf = of;
        middle.setContent(next == null ? null : next.node());
        if (next != null && focusHere && of != DockState.Idle.class) {
            next.first().requestFocus();
        }
    }

    /// Puts the focus where the present state is worked on: what a shortcut does.
    public void focus() {
        if (card != null) {
            card.first().requestFocus();
        }
    }

    private boolean focusInside() {
        Scene scene = getScene();
        for (Node node = scene == null ? null : scene.getFocusOwner(); node != null; node = node.getParent()) {
            if (node == this) {
                return true;
            }
        }
        return false;
    }

    private boolean nobodyHasFocus() {
        return getScene() != null && getScene().getFocusOwner() == null;
    }

    private void trouble(VoiceTrouble now) {
        String key =
                switch (now) {
                    case VoiceTrouble.None _ -> "";
                    case VoiceTrouble.Starting _ -> "starting";
                    case VoiceTrouble.Restarting _ -> "restarting";
                    case VoiceTrouble.TakenOver _ -> "takenOver";
                    case VoiceTrouble.Missing missing -> key(missing.what().reason());
                };
        // A start takes a moment and is no trouble; it is told only in a call, where sound is waited for.
        boolean told = !(now instanceof VoiceTrouble.None)
                && !(now instanceof VoiceTrouble.Starting && phone.state().get() instanceof DockState.Idle);
        reveal(trouble, told);
        if (told) {
            troubleText.setText(Words.of("softphone.trouble." + key));
            troubleAdvice.setText(Words.of("softphone.trouble." + key + ".advice"));
        }
    }

    private static String key(MissingAudio.Reason reason) {
        return switch (reason) {
            case NO_SOUND_SERVER -> "noSoundServer";
            case NO_MICROPHONE -> "noMicrophone";
            case NO_SPEAKER -> "noSpeaker";
            case NO_LIBRARY -> "noLibrary";
            case SWITCHED_OFF -> "switchedOff";
        };
    }

    private void warning(VoiceEvent.Warning.@Nullable Kind kind) {
        reveal(warning, kind != null);
        if (kind != null) {
            warningText.setText(
                    switch (kind) {
                        case MUTED_BUT_SPEAKING -> Words.of("softphone.warning.muted");
                        case MICROPHONE_SILENT -> Words.of("softphone.warning.silent");
                    });
        }
    }

    private static <N extends Node> N grow(N node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        return node;
    }
}
