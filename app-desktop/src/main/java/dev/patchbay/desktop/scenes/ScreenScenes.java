package dev.patchbay.desktop.scenes;

import dev.patchbay.desktop.calls.CallsModel;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.leads.LeadForm;
import dev.patchbay.desktop.shell.SampleShell;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.shell.Shell;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.Notes;
import dev.patchbay.desktop.softphone.Sound;
import dev.patchbay.desktop.softphone.VoiceTrouble;
import dev.patchbay.desktop.softphone.view.DockView;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Because;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Offer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What there is to see of calls, leads and the dock.
public final class ScreenScenes {
    private static final InstantSource CLOCK = InstantSource.fixed(ShellScenes.NOW);

    private ScreenScenes() {}

    /// Registers all; the shared clock stands still from here.
    public static void register(Screenshots shots) {
        Ticker.shared().time(CLOCK);
        shots.add(
                "leads-tank",
                () -> leads(true, world -> {
                    inCall(world);
                    world.leads()
                            .model()
                            .selectedProperty()
                            .set(world.leads().model().list().shown().get(2));
                }));
        shots.add(
                "leads-form",
                () -> leads(true, world -> world.leads()
                        .open(world.leads().model().list().shown().get(1).lead())));
        shots.add(
                "leads-faults",
                () -> leads(true, world -> {
                    world.leads().create();
                    LeadForm form = form(world);
                    form.text(LeadForm.Field.PHONE).set("twelve");
                    form.text(LeadForm.Field.EMAIL).set("maria(at)example");
                    world.leads().save();
                }));
        shots.add("leads-conflict", () -> leads(true, ScreenScenes::conflict));
        shots.add(
                "leads-pop",
                () -> leads(true, world -> {
                    world.leads()
                            .open(world.leads().model().list().shown().get(1).lead());
                    form(world).text(LeadForm.Field.NOTES).set("Asked for a quote by Friday; has a flat roof and");
                    ringing(world, false);
                    world.leads().pop("Maria Lopez", null, "+15550104471");
                }));
        shots.add(
                "leads-empty",
                () -> leads(false, world -> world.stores().leads().load(List.of(), _ -> true)));
        shots.add("leads-loading", () -> leads(false, _ -> {}));
        shots.add(
                "leads-error",
                () -> leads(false, world -> world.stores().leads().failed(new IllegalStateException("no line"))));
        shots.add("leads-names", () -> {
            DemoWorld world = world();
            names(world);
            return shown(world, _ -> {});
        });
        shots.add("calls-waiting", () -> calls(CallsModel.Tab.WAITING, _ -> {}));
        shots.add("calls-active", () -> calls(CallsModel.Tab.ACTIVE, _ -> {}));
        shots.add(
                "calls-history",
                () -> calls(CallsModel.Tab.HISTORY, world -> world.calls()
                        .select(world.calls().model().past().getFirst())));
        shots.add(
                "calls-missed",
                () -> calls(CallsModel.Tab.MISSED, world -> world.calls()
                        .select(world.calls().model().past().getFirst())));
        shots.add("calls-empty", () -> {
            DemoWorld world = world();
            world.stores().calls().load(List.of(), _ -> true);
            return window(world, world.callsScreen());
        });
        shots.add("calls-error", () -> {
            DemoWorld world = world();
            world.archive().away(true);
            world.calls().show(CallsModel.Tab.HISTORY);
            return window(world, world.callsScreen());
        });
        shots.add("dock-dial", () -> leads(true, world -> world.dock().prepare("0221 / 99 88 77-0")));
        shots.add("dock-ringing", () -> leads(true, world -> ringing(world, true)));
        shots.add(
                "dock-keypad",
                () -> leads(true, world -> {
                    inCall(world);
                    world.dock().tone("4");
                    world.dock().tone("2");
                    world.dock().tone("#");
                    world.dock().toggleMute();
                    world.dock().toggleHold();
                }));
        shots.add(
                "dock-reconnecting",
                () -> leads(true, world -> {
                    inCall(world);
                    if (world.phone().state().get() instanceof DockState.InCall in) {
                        world.actions()
                                .news(new DockState.News.Sound(
                                        in.leg(), dev.patchbay.desktop.line.LegState.INTERRUPTED));
                    }
                    world.phone().trouble().set(new VoiceTrouble.Restarting());
                }));
        shots.add(
                "dock-wrapup",
                () -> leads(true, world -> {
                    inCall(world);
                    world.dock().hangUp();
                    world.dock().typed("2");
                }));
        shots.add(
                "dock-nosound",
                () -> leads(true, world -> world.phone()
                        .trouble()
                        .set(new VoiceTrouble.Missing(
                                new MissingAudio(MissingAudio.Reason.NO_SOUND_SERVER, "Start PulseAudio.")))));
    }

    private static DemoWorld world() {
        // Work is done where it is asked for: a picture needs no threads.
        return new DemoWorld(CLOCK, System::nanoTime, Runnable::run, Runnable::run);
    }

    private static LeadForm form(DemoWorld world) {
        LeadForm form = world.leads().model().formProperty().get();
        if (form == null) {
            throw new IllegalStateException("no form is open");
        }
        return form;
    }

    private static Shell leads(boolean full, Consumer<DemoWorld> then) {
        DemoWorld world = world();
        if (full) {
            people(world);
        }
        return shown(world, then);
    }

    private static Shell shown(DemoWorld world, Consumer<DemoWorld> then) {
        Shell shell = window(world, world.leadsScreen());
        then.accept(world);
        return shell;
    }

    private static Shell calls(CallsModel.Tab tab, Consumer<DemoWorld> then) {
        DemoWorld world = world();
        history(world);
        world.calls().show(tab);
        Shell shell = window(world, world.callsScreen());
        then.accept(world);
        return shell;
    }

    private static Shell window(DemoWorld world, Screen screen) {
        DockView dock = world.dockView();
        dock.setMinWidth(320);
        dock.setPrefWidth(320);
        dock.setMaxWidth(320);
        Screen settings = ShellScenes.entry("settings", "settings.title", Feather.SETTINGS);
        List<Screen> all = screen.id().equals("calls")
                ? List.of(screen, world.leadsScreen(), settings)
                : List.of(world.callsScreen(), screen, settings);
        SampleShell model = ShellScenes.sample();
        world.phone().state().subscribe(now -> follow(model, now));
        Shell shell = ShellScenes.window(model, all, dock);
        shell.go(screen.id());
        return shell;
    }

    /// The top bar says what the dock does.
    private static void follow(SampleShell model, DockState state) {
        switch (state) {
            case DockState.Idle _ -> be(model, AgentState.AVAILABLE, 312, "chosen", null);
            case DockState.Ringing ringing ->
                be(
                        model,
                        AgentState.RINGING,
                        6,
                        "callOffered",
                        ringing.offers().getFirst().call().caller().name());
            case DockState.InCall in ->
                be(
                        model,
                        AgentState.ON_CALL,
                        161,
                        "answered",
                        in.call().caller().name());
            case DockState.WrapUp _ -> be(model, AgentState.WRAP_UP, 0, "agentHungUp", null);
        }
    }

    private static void be(SampleShell model, AgentState state, long seconds, String why, @Nullable String who) {
        model.change(state, null, ShellScenes.NOW.minusSeconds(seconds), new Because(why, who), null, null);
    }

    /// The people of the pictures.
    public static List<Lead> people(DemoWorld world) {
        List<Lead> all = List.of(
                world.lead(
                        "Tomás Herrera", "+15125550133", null, "web", null, Duration.ofSeconds(7), "solar", "8 panels"),
                world.lead(
                        "Aisha Rahman",
                        "+441134960211",
                        "aisha@example.org",
                        "partner",
                        null,
                        Duration.ofSeconds(21),
                        "heat pump"),
                world.lead(
                        "Jonas Weber",
                        "+4922199887761",
                        null,
                        "call",
                        null,
                        Duration.ofSeconds(48),
                        "solar",
                        "storage"),
                world.lead("Li Wei", "+14165550188", null, "fair", null, Duration.ofSeconds(72), "storage"),
                world.lead("Chloé Dubois", "+33472005511", null, "web", null, Duration.ofSeconds(100), "roof lease"),
                world.lead(
                        "Grace Okafor", "+2348015550144", null, "referral", null, Duration.ofSeconds(125), "heat pump"),
                world.lead("Mateo Rossi", "+390299955512", null, "import", null, Duration.ofSeconds(151), "solar"),
                world.lead("Sara Lindqvist", "+46406550177", null, "web", null, Duration.ofSeconds(190), "storage"),
                world.lead("Omar Haddad", "+97145550123", null, "partner", null, Duration.ofMinutes(224), "20 panels"),
                world.lead("Emma Novak", "+420255550111", null, "web", null, Duration.ofHours(30), "heat pump"),
                world.lead(
                        "Maria Lopez", "+15550104471", "maria@example.com", "call", DemoWorld.ANNA, Duration.ofDays(3)),
                world.lead("Noah Kim", "+12065550166", null, "call", DemoWorld.BEN, Duration.ofDays(4)));
        world.stores().leads().load(all, _ -> true);
        return all;
    }

    private static void names(DemoWorld world) {
        world.stores()
                .leads()
                .load(
                        List.of(
                                world.lead(
                                        "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff der Ältere von und zu Hohenlohe",
                                        null,
                                        "hubert.blaine.wolfeschlegelsteinhausenbergerdorff@subdomain.example.museum",
                                        "A fair in a town with a very long name",
                                        null,
                                        Duration.ofSeconds(12),
                                        "a tag",
                                        "another tag that is long"),
                                world.lead(
                                        "محمد عبد الرحمن", "+966115550199", null, "web", null, Duration.ofSeconds(90)),
                                world.lead("דוד בן־גוריון", "+97225550100", null, "web", null, Duration.ofMinutes(3)),
                                world.lead(
                                        "evil\u202Egnp.exe",
                                        null,
                                        "x@example.org",
                                        "<b>web</b>",
                                        null,
                                        Duration.ofHours(2))),
                        _ -> true);
        world.actions()
                .offer(world.ring(
                        "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff der Ältere",
                        "+4922199887761",
                        "Customer care for private households, second line",
                        "The inverter shows error 731 since the storm on Tuesday night and nobody calls back",
                        null));
    }

    private static void conflict(DemoWorld world) {
        Lead lead = world.leads().model().list().shown().get(2).lead();
        world.leads().open(lead);
        form(world).text(LeadForm.Field.PHONE).set("0221 5550 9999");
        world.desk().phoneChanged(lead.id(), "+4922155501234", false);
        world.leads().save();
    }

    private static void ringing(DemoWorld world, boolean several) {
        Lead maria = world.stores().leads().all().stream()
                .filter(lead -> lead.name().equals("Maria Lopez"))
                .findFirst()
                .orElse(null);
        world.actions().offer(world.ring("Maria Lopez", "+15550104471", "Sales", "Solar offers", maria));
        if (several) {
            world.actions().offer(world.ring("Jonas Weber", null, "Support", "Invoice", null));
        }
    }

    /// A call with Maria Lopez of 2:41.
    static void inCall(DemoWorld world) {
        ringing(world, false);
        @Nullable
        Offer offer = world.phone().state().get() instanceof DockState.Ringing ringing
                ? ringing.offers().getFirst()
                : null;
        if (offer == null) {
            return;
        }
        Call call = new Call(
                offer.call().id(),
                2,
                CallStatus.ACTIVE,
                offer.call().direction(),
                "web",
                offer.call().queueId(),
                "Sales",
                offer.call().topic(),
                offer.call().caller(),
                0,
                DemoWorld.ANNA,
                "Anna Keller",
                null,
                ShellScenes.NOW.minusSeconds(167),
                null,
                ShellScenes.NOW.minusSeconds(161),
                null,
                null,
                null,
                null,
                null,
                null,
                offer.call().participants());
        world.archive().add(new CallDetails(call, DemoWorld.timeline(call, "Maria Lopez"), offer.lead()));
        world.actions().news(new DockState.News.Answered(call, offer));
        world.actions().connected();
        world.phone().notes().set(new Notes(call.id(), "Wants 12 panels, roof faces south…", Notes.Saved.ON_SERVER));
        world.phone().levels().set(new VoiceLevels(0.62, Map.of("link", 0.35)));
        world.phone().sound().set(Sound.of(3.4, Duration.ofMillis(60), Duration.ofMillis(8), 0.04));
    }

    private static void history(DemoWorld world) {
        List<Call> open = List.of(
                world.call(
                        "Jonas Weber",
                        "+4922199887761",
                        "Sales",
                        "Solar offers",
                        CallStatus.QUEUED,
                        Duration.ofSeconds(48)),
                world.call("Grace Okafor", null, "Support", "Heat pump", CallStatus.QUEUED, Duration.ofSeconds(31)),
                world.call("Li Wei", "+14165550188", "Sales", "Storage", CallStatus.RINGING, Duration.ofSeconds(9)),
                world.call(
                        "Maria Lopez",
                        "+15550104471",
                        "Sales",
                        "Solar offers",
                        CallStatus.ACTIVE,
                        Duration.ofSeconds(167)),
                world.call(
                        "Omar Haddad", "+97145550123", "Support", "Invoice", CallStatus.HELD, Duration.ofSeconds(420)),
                world.call(
                        "Emma Novak",
                        "+420255550111",
                        "Sales",
                        "Heat pump",
                        CallStatus.WRAP_UP,
                        Duration.ofSeconds(200)));
        world.stores().calls().load(open, _ -> true);
        CallStatus[] ends = {
            CallStatus.CLOSED,
            CallStatus.CLOSED,
            CallStatus.ABANDONED,
            CallStatus.CLOSED,
            CallStatus.MISSED,
            CallStatus.FAILED
        };
        String[] names = {"Chloé Dubois", "Aisha Rahman", "Noah Kim", "Sara Lindqvist", "Mateo Rossi", "Inés Castillo"};
        for (int i = 0; i < 2 * ends.length; i++) {
            Call call = world.call(
                    names[i % names.length],
                    i % 4 == 3 ? null : "+4922199887" + (700 + i),
                    i % 2 == 0 ? "Sales" : "Support",
                    "Solar offers",
                    ends[i % ends.length],
                    Duration.ofMinutes(7 + 23L * i));
            world.archive().add(new CallDetails(call, DemoWorld.timeline(call, names[i % names.length]), null));
        }
    }

    /// The content of a window with everything in it, for tests.
    public static Parent window(DemoWorld world) {
        people(world);
        history(world);
        return window(world, world.leadsScreen());
    }
}
