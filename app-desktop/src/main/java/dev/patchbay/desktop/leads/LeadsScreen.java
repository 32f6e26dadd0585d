package dev.patchbay.desktop.leads;

import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The rail's entry for leads.
public final class LeadsScreen implements Screen {
    private final LeadsController controller;
    private final UserId me;
    private final Toasts toasts;
    private @Nullable LeadsView view;

    public LeadsScreen(LeadsController controller, UserId me, Toasts toasts) {
        this.controller = controller;
        this.me = me;
        this.toasts = toasts;
    }

    public LeadsController controller() {
        return controller;
    }

    @Override
    public String id() {
        return "leads";
    }

    @Override
    public String titleKey() {
        return "leads.title";
    }

    @Override
    public Feather icon() {
        return Feather.FILTER;
    }

    @Override
    public Permission permission() {
        return Permission.LEADS_VIEW;
    }

    @Override
    public Node view() {
        return built();
    }

    private LeadsView built() {
        LeadsView known = view;
        if (known == null) {
            known = new LeadsView(controller, me, toasts);
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
