package dev.patchbay.desktop.scenes;

import dev.patchbay.desktop.admin.AdminScreen;
import dev.patchbay.desktop.admin.Files;
import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.profile.ProfileScreen;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.shell.SampleShell;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.shell.Shell;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What there is to see of the administration.
public final class AdminScenes {
    /// A table with a line that is fine and two that are not.
    private static final String TABLE = """
            name,email,roles,office,password
            Nina Brandt,nina@demo.test,Agent,Cologne,
            Omar Haddad,omar@demo.test,Agent,,
            Ben Okoye,ben@demo.test,Agent,,
            Carla Ruiz,carla at demo,Agent,,
            """;

    private AdminScenes() {}

    public static void register(Screenshots shots) {
        shots.add("admin-users", () -> scene("users", _ -> {}));
        shots.add("admin-user", () -> scene("users", screen -> select(screen, 2)));
        shots.add(
                "admin-user-new",
                () -> scene("users", screen -> {
                    fire(screen, "#new");
                    type(screen, "#input-name", "Nina Brandt");
                    type(screen, "#input-email", "nina@demo");
                    fire(screen, "#save");
                }));
        shots.add("admin-conflict", AdminScenes::conflict);
        shots.add(
                "admin-offboard",
                () -> scene("users", screen -> {
                    select(screen, 2);
                    fire(screen, "#offboard");
                    bottom(screen);
                }));
        shots.add(
                "admin-password",
                () -> scene("users", screen -> {
                    select(screen, 2);
                    fire(screen, "#reset-password");
                    fire(screen, "#reset-yes");
                    bottom(screen);
                }));
        shots.add("admin-import", () -> scene("users", screen -> fire(screen, "#import")));
        shots.add(
                "admin-import-preview",
                () -> scene("users", screen -> {
                    fire(screen, "#import");
                    fire(screen, "#import-choose");
                }));
        shots.add("admin-queue", () -> scene("queues", screen -> select(screen, 1)));
        shots.add("admin-agents", () -> scene("agents", screen -> select(screen, 0)));
        shots.add(
                "admin-offices",
                () -> scene("offices", screen -> {
                    select(screen, 0);
                    fire(screen, "#remove");
                }));
        shots.add("admin-outcomes", () -> scene("outcomes", _ -> {}));
        shots.add("admin-empty", () -> scene("skills", _ -> {}));
        shots.add("admin-roles", () -> scene("roles", screen -> select(screen, 3)));
        shots.add("admin-companies", () -> scene("companies", screen -> select(screen, 0)));
        shots.add(
                "admin-audit",
                () -> scene("audit", screen -> {
                    fire(screen, "#verify");
                    select(screen, 1);
                }));
        shots.add("profile", () -> profile(_ -> {}));
        shots.add(
                "profile-totp",
                () -> profile(screen -> {
                    fire(screen, "#totp-set-up");
                    type(screen, "#totp-password", "sunny roofs 12");
                    fire(screen, "#totp-go");
                    find(screen, "#totp-code");
                    bottom(screen);
                }));
        shots.add("admin-failed", () -> {
            DemoRecords records = records();
            records.away(true);
            return scene(records, "users", _ -> {});
        });
    }

    private static Shell conflict() {
        DemoRecords records = records();
        return scene(records, "users", screen -> {
            select(screen, 2);
            type(screen, "#input-name", "Chloé Martin");
            records.meanwhile(
                    "users", "Chloé Dubois", Map.of("name", "Chloé Dubois-Martin", "email", "chloe.d@demo.test"));
            fire(screen, "#save");
        });
    }

    private static Shell scene(String part, Consumer<Parent> then) {
        return scene(records(), part, then);
    }

    private static Shell scene(DemoRecords records, String part, Consumer<Parent> then) {
        Toasts toasts = new Toasts();
        AdminScreen screen = new AdminScreen(
                Set.of(Permission.values()),
                new Errands(records, Runnable::run, Runnable::run),
                toasts::show,
                new SampleFiles());
        return window(screen, () -> screen.open(part), then);
    }

    private static Shell profile(Consumer<Parent> then) {
        DemoAccount account = new DemoAccount();
        SampleShell model = new SampleShell(ShellScenes.NOW, Role.ADMIN);
        ProfileScreen screen = new ProfileScreen(
                java.util.Objects.requireNonNull(model.me().get()),
                new Errands(account, Runnable::run, Runnable::run),
                _ -> {},
                _ -> {});
        return window(screen, () -> {}, then);
    }

    private static Shell window(Screen screen, Runnable open, Consumer<Parent> then) {
        DemoWorld world = new DemoWorld(
                java.time.InstantSource.fixed(ShellScenes.NOW), System::nanoTime, Runnable::run, Runnable::run);
        Node dock = world.dockView();
        if (dock instanceof javafx.scene.layout.Region region) {
            region.setMinWidth(320);
            region.setPrefWidth(320);
            region.setMaxWidth(320);
        }
        SampleShell model = new SampleShell(ShellScenes.NOW, Role.ADMIN);
        Shell shell = ShellScenes.window(
                model,
                List.of(
                        screen,
                        ShellScenes.entry("calls", "shell.screen.calls", Feather.PHONE),
                        ShellScenes.entry("leads", "shell.screen.leads", Feather.FILTER),
                        ShellScenes.entry("settings", "settings.title", Feather.SETTINGS)),
                dock);
        open.run();
        // Controls are found by their ids only once they have a skin or a parent that has one.
        javafx.scene.Scene dressed =
                new javafx.scene.Scene(new StackPane(shell), Screenshots.WIDTH, Screenshots.HEIGHT);
        dressed.getRoot().applyCss();
        dressed.getRoot().layout();
        then.accept(shell);
        ((StackPane) dressed.getRoot()).getChildren().clear();
        return shell;
    }

    private static void fire(Parent in, String id) {
        if (find(in, id) instanceof ButtonBase button) {
            button.fire();
        }
    }

    private static void type(Parent in, String id, String text) {
        if (find(in, id) instanceof TextInputControl field) {
            field.setText(text);
        }
    }

    private static @Nullable Node find(Parent in, String id) {
        in.applyCss();
        in.layout();
        return in.lookup(id);
    }

    private static void select(Parent in, int row) {
        in.applyCss();
        if (in.lookup(".table-view") instanceof TableView<?> table) {
            table.getSelectionModel().select(row);
        }
    }

    private static void bottom(Parent in) {
        in.applyCss();
        in.layout();
        in.lookupAll(".scroll-pane").forEach(node -> {
            if (node instanceof javafx.scene.control.ScrollPane scroll) {
                scroll.setVvalue(1);
            }
        });
    }

    /// The demo company's lists.
    public static DemoRecords records() {
        DemoRecords records = new DemoRecords();
        records.with(
                "offices",
                Map.of(
                        "id",
                        "o1",
                        "name",
                        "Cologne",
                        "timeZone",
                        "Europe/Berlin",
                        "address",
                        "Domkloster 4, 50667 Köln"));
        records.with(
                "offices",
                Map.of("id", "o2", "name", "Boston", "timeZone", "America/New_York", "address", "1 Beacon Street"));
        user(records, "u1", "Anna Keller", "anna@demo.test", "o1", true, "Admin");
        user(records, "u2", "Ben Okoye", "ben@demo.test", "o1", true, "Agent");
        user(records, "u3", "Chloé Dubois", "chloe@demo.test", "o2", true, "Manager", "Agent");
        user(records, "u4", "Dmitri Sokolov", "dmitri@demo.test", "o2", true, "Agent");
        user(records, "u5", "Emma Novak", "emma@demo.test", null, true, "Receptionist");
        user(records, "u6", "Farid Rahmani", "farid@demo.test", null, false, "Consultant");
        user(records, "u7", "Grace Liu", "grace@demo.test", "o1", true, "Agent");
        user(records, "u8", "Hugo Almeida", "hugo@demo.test", "o1", true, "Agent", "Manager", "Consultant", "Student");
        queue(records, "q1", "General", "longestIdle", 20, 60, List.of(), List.of("u2", "u4"));
        queue(records, "q2", "Sales", "ringAll", 15, 30, List.of("German"), List.of("u2", "u3", "u7"));
        queue(records, "q3", "Support", "roundRobin", 25, null, List.of("Heat pumps", "Solar"), List.of("u4"));
        for (String[] agent : new String[][] {
            {"u2", "Ben Okoye"},
            {"u3", "Chloé Dubois"},
            {"u4", "Dmitri Sokolov"},
            {"u7", "Grace Liu"},
            {"u8", "Hugo Almeida"}
        }) {
            records.with(
                    "agents",
                    Map.of(
                            "userId",
                            agent[0],
                            "name",
                            agent[1],
                            "extension",
                            agent[0].replace("u", "10"),
                            "skills",
                            List.of("German", "Solar"),
                            "queues",
                            List.of("q1", "q2")));
        }
        for (String name : List.of("Resolved", "Call back", "Not interested", "Wrong number")) {
            records.with("dispositions", Map.of("name", name, "key", name.toLowerCase(java.util.Locale.ROOT)));
        }
        for (String name : List.of("Lunch", "Short break", "Meeting", "Training")) {
            records.with("break-reasons", Map.of("name", name));
        }
        for (Role role : Role.values()) {
            records.with(
                    "roles",
                    Map.of(
                            "key",
                            role.wire(),
                            "name",
                            role.wire(),
                            "permissions",
                            Arrays.stream(Permission.values())
                                    .filter(role.permissions()::contains)
                                    .map(Permission::wire)
                                    .toList()));
        }
        records.with(
                "companies",
                Map.of(
                        "id",
                        "c1",
                        "name",
                        "Solar Demo",
                        "slug",
                        "demo",
                        "region",
                        "DE",
                        "license",
                        Map.of("plan", "Team", "seats", 25, "expiresAt", "2027-06-30T22:00:00Z")));
        records.with("companies", Map.of("id", "c2", "name", "Windhaus", "slug", "windhaus", "region", "AT"));
        log(records);
        return records;
    }

    private static void user(
            DemoRecords records,
            String id,
            String name,
            String email,
            @Nullable String office,
            boolean active,
            String... roles) {
        Map<String, Object> user = new HashMap<>();
        user.put("id", id);
        user.put("name", name);
        user.put("email", email);
        user.put("roles", List.of(roles));
        user.put("extraPermissions", id.equals("u3") ? List.of("audit.view") : List.of());
        user.put("officeId", office);
        user.put("active", active);
        records.with("users", user);
        records.with("directory", Map.of("id", id, "name", name));
    }

    private static void queue(
            DemoRecords records,
            String id,
            String name,
            String strategy,
            int ring,
            @Nullable Integer wrapUp,
            List<String> skills,
            List<String> agents) {
        Map<String, Object> queue = new HashMap<>();
        queue.put("id", id);
        queue.put("name", name);
        queue.put("strategy", strategy);
        queue.put("ringSeconds", ring);
        queue.put("wrapUpSeconds", wrapUp);
        queue.put("dispositionRequired", id.equals("q2"));
        queue.put("skills", skills);
        queue.put("userIds", new ArrayList<>(agents));
        records.with("queues", queue);
    }

    private static void log(DemoRecords records) {
        records.log("2026-11-20T08:02:11Z", "Anna Keller", "office.created", "office:o2", Map.of("name", "Boston"));
        records.log(
                "2026-11-20T08:15:40Z",
                "Anna Keller",
                "user.created",
                "user:u4",
                Map.of("name", "Dmitri Sokolov", "email", "dmitri@demo.test"));
        records.log(
                "2026-11-20T09:31:05Z",
                "Chloé Dubois",
                "queue.changed",
                "queue:q2",
                Map.of("name", "Sales", "ringSeconds", Map.of("from", 20, "to", 15)));
        records.log(
                "2026-11-20T10:12:57Z",
                "Anna Keller",
                "user.switchedOff",
                "user:u6",
                Map.of("user", "Farid Rahmani", "active", Map.of("from", true, "to", false)));
        records.log(
                "2026-11-20T12:40:19Z", "Anna Keller", "user.passwordReset", "user:u7", Map.of("user", "Grace Liu"));
        records.log(
                "2026-11-20T13:05:33Z",
                "Chloé Dubois",
                "user.changed",
                "user:u2",
                Map.of(
                        "user",
                        "Ben Okoye",
                        "roles",
                        Map.of("from", List.of("Agent", "Manager"), "to", List.of("Agent")),
                        "officeId",
                        Map.of("from", "Boston", "to", "Cologne")));
        records.log(
                "2026-11-20T13:58:02Z",
                "Anna Keller",
                "company.changed",
                "company:c1",
                Map.of("name", Map.of("from", "Solar", "to", "Solar Demo")));
    }

    /// A file that is always the same.
    private static final class SampleFiles implements Files {
        @Override
        public Optional<Path> open(String kind, String pattern) {
            try {
                Path file = java.nio.file.Files.createTempDirectory("patchbay-pictures")
                        .resolve("new-people.csv");
                java.nio.file.Files.writeString(file, TABLE);
                file.toFile().deleteOnExit();
                return Optional.of(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Path> save(String kind, String pattern, String name) {
            return Optional.empty();
        }
    }
}
