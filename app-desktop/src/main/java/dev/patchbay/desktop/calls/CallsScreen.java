package dev.patchbay.desktop.calls;

import dev.patchbay.desktop.shell.Screen;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The rail's entry for calls.
public final class CallsScreen implements Screen {
    private final CallsController controller;
    private final String region;
    private @Nullable CallsView view;

    /// @param region in whose customs phone numbers are shown
    public CallsScreen(CallsController controller, String region) {
        this.controller = controller;
        this.region = region;
    }

    @Override
    public String id() {
        return "calls";
    }

    @Override
    public String titleKey() {
        return "calls.title";
    }

    @Override
    public Feather icon() {
        return Feather.PHONE;
    }

    @Override
    public Node view() {
        return built();
    }

    private CallsView built() {
        CallsView known = view;
        if (known == null) {
            known = new CallsView(controller, region);
            view = known;
        }
        return known;
    }

    @Override
    public void onShow() {
        built().onShow();
    }

    @Override
    public void onHide() {
        built().onHide();
    }
}
