package dev.patchbay.desktop.start;

import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.words.Words;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextInputControl;

/// The first steps' scenes for [Screenshots].
public final class StartScenes {
    private StartScenes() {}

    public static void register(Screenshots shots) {
        shots.add("start-choose", StartScenes::view);
        shots.add("start-arriving", () -> new ArrivingView("anna@example.com"));
        shots.add("start-create", () -> {
            StartView view = view();
            fire(view.page(), "#here");
            type(view.page(), "#company", "Solar Demo");
            type(view.page(), "#name", "Anna Keller");
            type(view.page(), "#email", "anna@example");
            type(view.page(), "#password", "sunny roof");
            view.page().lookupAll(".check-box").forEach(box -> {
                if (box instanceof CheckBox check && check.getParent() instanceof Step) {
                    check.setSelected(true);
                }
            });
            view.page().lookupAll(".button").stream()
                    .filter(node -> node instanceof Button button && button.isDefaultButton())
                    .forEach(node -> ((Button) node).fire());
            return view;
        });
        shots.add("start-trust", () -> {
            StartView view = view();
            view.step(new TrustStep(
                    new SampleStart(),
                    new StartActions.Found("https://calls.own.example:8090", "Patchbay", SampleStart.FINGERPRINT),
                    SampleStart.FINGERPRINT,
                    () -> {},
                    _ -> {}));
            return view;
        });
        shots.add("start-created", () -> {
            StartView view = view();
            view.step(new CreatedStep(
                    new SampleStart(),
                    new StartActions.Server("https://192.168.1.20:8090", SampleStart.FINGERPRINT),
                    new StartActions.NewServer("Solar Demo", "Anna", "anna@example.com", "", "192.168.1.20"),
                    () -> {}));
            return view;
        });
        shots.add("start-code", StartScenes::code);
        shots.add("start-sign-in", () -> {
            StartView view = view();
            view.signIn("https://calls.example.com", "anna@example.com");
            view.page().lookupAll(".step").forEach(step -> ((Step) step).problem(Words.of("start.sample.wrong")));
            return view;
        });
    }

    /// A server that asks for a code, and knows others who vouch for people.
    private static StartView code() {
        SampleStart server = new SampleStart();
        server.providers("google", "facebook");
        server.secondFactor("287082");
        server.create(new StartActions.NewServer("Demo", "Anna", "anna@example.com", "sunny roofs 12", null), _ -> {});
        StartView view = new StartView(server, () -> {});
        view.signIn("https://calls.example.com", "anna@example.com");
        view.page().lookupAll(".step").forEach(step -> {
            if (step instanceof SignInStep signIn) {
                signIn.offer(server.providers());
                signIn.askCode(Map.of("code", Words.of("session.wrongCode")), null);
            }
        });
        type(view.page(), "#password", "sunny roofs 12");
        type(view.page(), "#code", "123456");
        return view;
    }

    private static StartView view() {
        return new StartView(new SampleStart(), () -> {});
    }

    private static void fire(Node view, String id) {
        if (view.lookup(id) instanceof Button button) {
            button.fire();
        }
    }

    private static void type(Node view, String id, String text) {
        if (view.lookup(id) instanceof TextInputControl field) {
            field.setText(text);
        }
    }
}
