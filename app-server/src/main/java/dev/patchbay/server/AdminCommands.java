package dev.patchbay.server;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.SigningKeys;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.store.Database;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What an administrator does at a terminal. The commands open the database themselves; with H2 the server must be
/// stopped meanwhile.
final class AdminCommands {
    private AdminCommands() {}

    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Admin())
                .addSubcommand(new UserAdd())
                .addSubcommand(new ResetPassword())
                .addSubcommand(new Secret())
                .addSubcommand(new AuditVerify())
                .addSubcommand(new Doctor());
        DatabaseCommands.all().forEach(commands::addSubcommand);
        return commands;
    }

    @Command(
            name = "admin",
            description = "Users, passwords and secrets at a terminal.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true)
    static final class Admin implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec != null) {
                spec.commandLine().usage(System.err);
            }
            return 2;
        }
    }

    private interface Work {
        int with(Identity identity);
    }

    private static int with(Main.Place place, Work work) {
        Config config = place.config(Map.of());
        Startup.prepare(config);
        try (Database database = Startup.open(config, InstantSource.system())) {
            return work.with(PatchbayServer.identity(config, database, InstantSource.system(), System::nanoTime));
        }
    }

    /// From the terminal without echo, or one line of standard input; never an argument, which every user of the
    /// machine could read.
    private static String password() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String chosenOrRandom(boolean random) {
        if (!random) {
            return password();
        }
        String made = Main.randomPassword();
        System.out.println("password " + made);
        return made;
    }

    @Command(
            name = "user-add",
            description = "Adds a user; the password comes from the terminal or standard input.",
            mixinStandardHelpOptions = true)
    static final class UserAdd implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Option(
                names = "--company",
                paramLabel = "SLUG",
                description = "The company; made when the database is empty.",
                required = true)
        String company = "";

        @Option(names = "--name", description = "The person's name.", required = true)
        String name = "";

        @Option(names = "--email", description = "The address to sign in with.", required = true)
        String email = "";

        @Option(
                names = "--role",
                split = ",",
                description = "Admin, Manager, Agent, Consultant, Receptionist, Student.",
                required = true)
        List<String> roles = List.of();

        @Option(names = "--random-password", description = "Makes a password and prints it.")
        boolean random;

        @Override
        public Integer call() {
            Set<Role> chosen = roles.stream().map(UserAdd::role).collect(Collectors.toSet());
            return with(place, identity -> {
                if (identity.companies().isEmpty()) {
                    identity.companies()
                            .found(new dev.patchbay.server.identity.Companies.NewCompany(company, company, null, null));
                }
                CompanyView found = identity.companies()
                        .bySlug(company)
                        .orElseThrow(() -> new Main.WrongArguments("There is no company " + company + "."));
                identity.users()
                        .create(found.id(), new Users.NewUser(name, email, chosenOrRandom(random), chosen, null, null));
                System.out.println("added " + email.toLowerCase(Locale.ROOT));
                return 0;
            });
        }

        private static Role role(String name) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.wire().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new Main.WrongArguments("There is no role " + name + "."));
        }
    }

    @Command(
            name = "reset-password",
            description = "Sets a user's password and ends all sign-ins.",
            mixinStandardHelpOptions = true)
    static final class ResetPassword implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        @Parameters(paramLabel = "EMAIL", description = "The address that the user signs in with.")
        String email = "";

        @Option(names = "--random-password", description = "Makes a password and prints it.")
        boolean random;

        @Override
        public Integer call() {
            return with(place, identity -> {
                if (!identity.users().resetPassword(email, chosenOrRandom(random))) {
                    throw new Main.WrongArguments("Nobody active signs in with " + email + ".");
                }
                System.out.println("password of " + email + " is set; all sign-ins have ended");
                return 0;
            });
        }
    }

    @Command(name = "secret", description = "Prints a new value for JWT_SECRET.", mixinStandardHelpOptions = true)
    static final class Secret implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.println(SigningKeys.random());
            return 0;
        }
    }

    @Command(
            name = "doctor",
            description = {
                "Checks what a server in daily use should have: pass, note (advice) or FAIL a line.",
                "Exits 1 when something fails."
            },
            mixinStandardHelpOptions = true)
    static final class Doctor implements Callable<Integer> {
        @Mixin
        final Main.Place place = new Main.Place();

        private static String sign(Diagnosis.Verdict verdict) {
            return switch (verdict) {
                case PASS -> "pass";
                case ADVICE -> "note";
                case FAIL -> "FAIL";
            };
        }

        @Override
        public Integer call() {
            List<Diagnosis.Finding> findings = Diagnosis.of(place.config(Map.of()));
            findings.forEach(finding ->
                    System.out.println(sign(finding.verdict()) + "  " + finding.what() + ": " + finding.tells()));
            return findings.stream().allMatch(Diagnosis.Finding::passed) ? 0 : 1;
        }
    }
}
