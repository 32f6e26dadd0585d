package dev.patchbay.desktop.leads;

import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Actions.Action;
import dev.patchbay.model.Permission;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;

/// What can be done with leads from anywhere, for the keys, the palette and the shortcut sheet.
public final class LeadActions {
    private LeadActions() {}

    /// Adds them until unsubscribed.
    ///
    /// @param show brings the leads screen to the front
    public static Subscription register(Actions actions, LeadsController controller, Runnable show) {
        LeadsModel model = controller.model();
        List<Subscription> all = List.of(
                actions.add(new Action(
                        "leads.claimNext",
                        "leads.action.claimNext",
                        Feather.USER_CHECK,
                        "F12",
                        Permission.LEADS_EDIT,
                        Bindings.createBooleanBinding(() -> true),
                        () -> {
                            show.run();
                            controller.claimNext();
                        })),
                actions.add(new Action(
                        "leads.new",
                        "leads.action.new",
                        Feather.USER_PLUS,
                        "Shortcut+N",
                        Permission.LEADS_EDIT,
                        Bindings.createBooleanBinding(() -> true),
                        () -> {
                            show.run();
                            controller.create();
                        })),
                actions.add(new Action(
                        "leads.show",
                        "leads.action.show",
                        Feather.USER,
                        "Shortcut+L",
                        Permission.LEADS_VIEW,
                        Bindings.createBooleanBinding(() -> model.popProperty().get() != null, model.popProperty()),
                        () -> {
                            show.run();
                            controller.showPop();
                        })));
        return () -> all.forEach(Subscription::unsubscribe);
    }
}
