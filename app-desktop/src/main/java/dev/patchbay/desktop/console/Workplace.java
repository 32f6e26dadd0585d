package dev.patchbay.desktop.console;

import dev.patchbay.desktop.admin.AdminScreen;
import dev.patchbay.desktop.admin.ChosenFiles;
import dev.patchbay.desktop.calls.CallArchive;
import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.calls.CallsController;
import dev.patchbay.desktop.calls.CallsModel;
import dev.patchbay.desktop.calls.CallsScreen;
import dev.patchbay.desktop.controls.Fx;
import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.leads.LeadActions;
import dev.patchbay.desktop.leads.LeadList;
import dev.patchbay.desktop.leads.LeadsController;
import dev.patchbay.desktop.leads.LeadsModel;
import dev.patchbay.desktop.leads.LeadsScreen;
import dev.patchbay.desktop.profile.ProfileScreen;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.settings.SettingsScreen;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.shell.Palette;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.shell.Shell;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.Softphone;
import dev.patchbay.desktop.softphone.view.DialModel;
import dev.patchbay.desktop.softphone.view.DockActions;
import dev.patchbay.desktop.softphone.view.DockController;
import dev.patchbay.desktop.softphone.view.DockModel;
import dev.patchbay.desktop.softphone.view.DockView;
import dev.patchbay.desktop.softphone.view.IncomingWindow;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A signed-in user's window: softphone, screens and shell of one session, and the actions that join them.
///
/// On the JavaFX thread. [#close] ends the session here; calls in the voice process go on.
final class Workplace {
    private final Session session;
    private final Softphone phone;
    private final Shell shell;
    private final ConsoleModel model;
    private final DockView dock;
    private final DockController dockController;
    private final LeadsController leads;
    private final LeadsScreen leadsScreen;
    private final IncomingWindow incoming;
    private final Actions actions;
    private final List<Runnable> undo = new ArrayList<>();
    private final Set<CallId> popped = new HashSet<>();

    Workplace(
            Session session,
            Voice voice,
            Stage stage,
            Look look,
            Actions actions,
            Preferences preferences,
            InstantSource clock,
            Runnable signedOut) {
        this.session = session;
        this.actions = actions;
        String region = session.me().company().region();
        Executor background = session::inBackground;
        Executor screen = Fx::run;
        CallArchive archive = CallArchive.of(session.api());
        Toasts toasts = new Toasts();

        phone = new Softphone(session, voice, clock);
        model = new ConsoleModel(session, phone.model(), phone, signedOut);
        dockController = new DockController(
                new DockModel(phone.model(), new DialModel(region)),
                phone,
                archive,
                this::dispositionRequired,
                background,
                screen);
        dock = new DockView(dockController, toasts);
        incoming = new IncomingWindow(dockController, stage);

        leads = new LeadsController(
                new LeadsModel(new LeadList(session.me().id(), System::nanoTime)),
                session.stores().leads(),
                session,
                region);
        leadsScreen = new LeadsScreen(leads, session.me().id(), toasts);
        CallsScreen callsScreen = new CallsScreen(
                new CallsController(
                        new CallsModel(),
                        session.stores().calls(),
                        this::concernsMe,
                        archive,
                        new Ways(),
                        background,
                        screen),
                region);
        SettingsScreen settings = new SettingsScreen(voice, look, actions, preferences);

        Errands errands = new Errands(session.api().rest(), background, screen);
        AdminScreen admin = new AdminScreen(session.me().permissions(), errands, toasts::show, new ChosenFiles(stage));
        ProfileScreen profile = new ProfileScreen(
                session.me(),
                errands,
                _ -> errands.run(_ -> session.api().profile(), model::now, _ -> {}),
                locale -> preferences.write("language", locale.toLanguageTag()));
        List<Screen> screens = new ArrayList<>(List.of(callsScreen, leadsScreen));
        if (admin.any()) {
            screens.add(admin);
        }
        screens.add(settings);
        screens.add(profile);

        shell = new Shell(model, actions, preferences, screens, dock, toasts);
        register();
        watch();
        dock.onShow();
        incoming.onShow();
        session.start();
    }

    Shell shell() {
        return shell;
    }

    Softphone phone() {
        return phone;
    }

    Session session() {
        return session;
    }

    private boolean dispositionRequired(Call call) {
        return call.queueId() != null
                && session.stores()
                        .queues()
                        .find(call.queueId())
                        .map(QueueView::dispositionRequired)
                        .orElse(false);
    }

    /// Agents are told only of what concerns them; those who see every call look at their own queues first.
    private boolean concernsMe(Call call) {
        return !session.me().may(Permission.CALLS_VIEW_ALL)
                || phone.model().agent().get() == null
                || call.queueId() == null
                || phone.model().agent().get().queues().isEmpty()
                || phone.model().agent().get().queues().contains(call.queueId());
    }

    private void register() {
        undo.add(DockActions.register(actions, dockController, dock)::unsubscribe);
        undo.add(LeadActions.register(actions, leads, () -> shell.go("leads"))::unsubscribe);
    }

    /// Leads by name for the palette.
    private List<Palette.Hit> find(String typed) {
        if (!session.me().may(Permission.LEADS_VIEW)) {
            return List.of();
        }
        List<Palette.Hit> hits = new ArrayList<>();
        for (Lead lead : session.stores().leads().all()) {
            int score = Palette.score(typed, lead.name());
            if (score != Integer.MIN_VALUE) {
                hits.add(new Palette.Hit(
                        Feather.USER,
                        CallWords.plain(lead.name()),
                        CallWords.stage(lead.stage()),
                        score,
                        () -> new Ways().openLead(lead)));
            }
        }
        return hits;
    }

    private void watch() {
        undo.add(shell.palette().add(this::find)::unsubscribe);
        undo.add(phone.model().state().subscribe(this::pop)::unsubscribe);
        undo.add(session.outbox().kept().subscribe((before, now) -> now.refused().stream()
                .filter(change -> !before.refused().contains(change))
                .forEach(change -> refused(change.id())))::unsubscribe);
    }

    private void refused(String id) {
        shell.toasts()
                .show(Tone.BAD, Words.of("console.kept.refused"), Words.of("console.kept.again"), () -> session.outbox()
                        .sendAgain(id));
    }

    /// A call brings its lead up once, when it rings or when the console comes back to it.
    private void pop(DockState now) {
        switch (now) {
            case DockState.Ringing ringing -> ringing.offers().forEach(offer -> popOnce(offer.call(), offer.lead()));
            case DockState.InCall in -> popOnce(in.call(), in.lead());
            case DockState.Idle _, DockState.WrapUp _ -> {}
        }
    }

    private void popOnce(Call call, @Nullable Lead lead) {
        if (popped.add(call.id()) && session.me().may(Permission.LEADS_VIEW)) {
            leads.pop(call.caller().name(), lead, call.caller().phone());
            if (lead != null && leads.model().popProperty().get() == null) {
                shell.go("leads");
            }
        }
    }

    /// Where the calls screen sends the user.
    private final class Ways implements CallsController.Ways {
        @Override
        public void callBack(String number) {
            dockController.prepare(number);
            dock.focus();
        }

        @Override
        public void openLead(Lead lead) {
            shell.go("leads");
            leads.open(lead);
        }

        @Override
        public void createLead(String name, @Nullable String number) {
            shell.go("leads");
            leads.createFor(name, number);
        }

        @Override
        public String callPage() {
            return session.server().text() + "/call/" + session.me().company().slug();
        }

        @Override
        public void copyCallPage() {
            Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, callPage()));
            shell.toasts().show(Tone.GOOD, Words.of("calls.page.copied"));
        }
    }

    /// Puts the window's content away and the session with it.
    void close() {
        undo.forEach(Runnable::run);
        incoming.onHide();
        dock.onHide();
        shell.close();
        model.close();
        phone.close();
        session.close();
    }
}
