package dev.patchbay.server.identity;

import dev.patchbay.model.FieldError;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Role;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Makes many users from CSV: a line of names, then `name,email,roles,office,password` in any order of columns. Several
/// roles have blanks or semicolons between. Without a password the user cannot sign in until one is set.
///
/// All lines or none: a file with one mistake changes nothing and tells every mistake at once.
final class UserImport {
    private static final int MOST_LINES = 2_000;
    /// A hash takes tens of milliseconds, and sign-ins wait for the same lane.
    private static final int MOST_PASSWORDS = 200;

    private final Database database;
    private final Users users;
    private final Passwords passwords;

    /// @param line counted from 1, which is the line of names
    record Refused(long line, List<FieldError> errors) {}

    /// @param added how many users were made, or would be
    record Outcome(int added, List<Refused> refused) {}

    private record Line(
            long number,
            String name,
            String email,
            Set<Role> roles,
            @Nullable OfficeId office,
            String password,
            List<FieldError> errors) {}

    UserImport(Database database, Users users, Passwords passwords) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
    }

    /// @throws Refusal 400 when the text is no CSV with the columns `name`, `email` and `roles`, or too long
    Outcome run(Principal.User asker, String csv, boolean dryRun) {
        List<CSVRecord> records = parse(csv);
        Map<String, OfficeId> offices = database.read(asker.company(), UserImport::offices);
        Set<String> emails = new HashSet<>();
        List<Line> lines = new ArrayList<>(records.size());
        for (CSVRecord one : records) {
            lines.add(line(asker, one, offices, emails));
        }
        Set<String> taken = taken(emails);
        List<Refused> refused = refused(lines, taken);
        if (lines.stream().filter(line -> !line.password().isEmpty()).count() > MOST_PASSWORDS) {
            throw Refusal.invalid(
                    "body", "At most " + MOST_PASSWORDS + " lines have a password; leave the others out.");
        }
        if (!refused.isEmpty()) {
            return new Outcome(0, refused);
        }
        return dryRun ? new Outcome(lines.size(), List.of()) : add(asker, lines);
    }

    private Outcome add(Principal.User asker, List<Line> lines) {
        // Who gets no password has one that nobody knows, which costs a guesser as much as any other.
        byte[] unknown = new byte[32];
        new SecureRandom().nextBytes(unknown);
        String nobodys = passwords.hash(HexFormat.of().formatHex(unknown));
        List<UserRow> rows = lines.stream()
                .map(line -> new UserRow(
                        asker.company(),
                        "",
                        "",
                        "",
                        dev.patchbay.model.UserId.fresh(),
                        line.email(),
                        line.name(),
                        line.password().isEmpty() ? nobodys : passwords.hash(line.password()),
                        line.roles(),
                        Set.of(),
                        line.office(),
                        true,
                        1))
                .toList();
        return Users.unlessTaken(() -> database.write(asker.company(), transaction -> {
            rows.forEach(row -> users.insert(transaction, row));
            transaction.audit("users.imported", "company:" + asker.company(), Map.of("added", rows.size()));
            return new Outcome(rows.size(), List.of());
        }));
    }

    private static List<CSVRecord> parse(String csv) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Set<String> columns = new HashSet<>();
            parser.getHeaderNames().forEach(name -> columns.add(name.toLowerCase(Locale.ROOT)));
            for (String needed : List.of("name", "email", "roles")) {
                if (!columns.contains(needed)) {
                    throw Refusal.invalid(needed, "The first line names the columns name, email and roles at least.");
                }
            }
            List<CSVRecord> records = parser.getRecords();
            if (records.size() > MOST_LINES) {
                throw Refusal.invalid("body", "At most " + MOST_LINES + " users at a time.");
            }
            return records;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw Refusal.invalid("body", "The text is no CSV (RFC 4180).");
        }
    }

    private static Line line(Principal.User asker, CSVRecord one, Map<String, OfficeId> offices, Set<String> emails) {
        Check check = new Check();
        for (String column : List.of("name", "email", "roles", "office", "password")) {
            check.that(Input.storable(cell(one, column)), column, column + " holds characters that are no text.");
        }
        String name = check.text("name", cell(one, "name"), 1, 200);
        String email = check.email("email", cell(one, "email"));
        if (!emails.add(email)) {
            check.add("email", "EMAIL_TWICE", "This address stands in the file twice.");
        }
        Set<Role> roles = roles(check, asker, cell(one, "roles"));
        OfficeId office = office(check, asker, cell(one, "office"), offices);
        String password = cell(one, "password");
        if (!password.isEmpty()) {
            Passwords.check(check, "password", password, email);
        }
        return new Line(
                one.getRecordNumber() + 1, name, email, roles, office, password, new ArrayList<>(check.errors()));
    }

    private static String cell(CSVRecord one, String column) {
        return one.isSet(column) ? one.get(column).strip() : "";
    }

    private static Set<Role> roles(Check check, Principal.User asker, String text) {
        Set<Role> roles = new LinkedHashSet<>();
        for (String name : text.split("[;,\\s]+")) {
            Optional<Role> role = Arrays.stream(Role.values())
                    .filter(one -> one.wire().equalsIgnoreCase(name))
                    .findFirst();
            if (role.isEmpty()) {
                check.add(
                        "roles",
                        "UNKNOWN_ROLE",
                        name.isEmpty() ? "roles is missing." : "There is no role " + name + ".");
            } else if (!asker.me().permissions().containsAll(role.get().permissions())) {
                check.add("roles", "FORBIDDEN", "You cannot give the role " + name + ".");
            } else {
                roles.add(role.get());
            }
        }
        return roles;
    }

    private static @Nullable OfficeId office(
            Check check, Principal.User asker, String name, Map<String, OfficeId> offices) {
        OfficeId bound = asker.me().boundTo();
        if (name.isEmpty()) {
            return bound;
        }
        OfficeId office = offices.get(name.toLowerCase(Locale.ROOT));
        if (office == null) {
            check.add("office", "UNKNOWN_OFFICE", "There is no office " + name + ".");
        } else if (bound != null && !bound.equals(office)) {
            check.add("office", "FORBIDDEN", "You look after the people of your own office only.");
        }
        return office;
    }

    private static Map<String, OfficeId> offices(Transaction transaction) {
        Map<String, OfficeId> offices = new HashMap<>();
        transaction
                .query("select id, name from office where company_id = :company and live_name is not null")
                .map((row, _) -> Map.entry(
                        row.getString("name").toLowerCase(Locale.ROOT),
                        new OfficeId(row.getObject("id", java.util.UUID.class))))
                .forEach(entry -> offices.put(entry.getKey(), entry.getValue()));
        return offices;
    }

    private Set<String> taken(Set<String> emails) {
        if (emails.isEmpty()) {
            return Set.of();
        }
        // In slices: a statement has a limited number of parameters.
        List<String> all = List.copyOf(emails);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < all.size(); i += 500) {
            List<String> slice = all.subList(i, Math.min(all.size(), i + 500));
            taken.addAll(database.acrossCompanies(
                    handle -> handle.createQuery("select email from app_user where email in (<emails>)")
                            .bindList("emails", slice)
                            .mapTo(String.class)
                            .list()));
        }
        return taken;
    }

    private static List<Refused> refused(List<Line> lines, Set<String> taken) {
        List<Refused> refused = new ArrayList<>();
        for (Line line : lines) {
            List<FieldError> errors = line.errors();
            if (taken.contains(line.email())) {
                errors.add(
                        new FieldError("email", "Somebody signs in with this e-mail address already.", "EMAIL_TAKEN"));
            }
            if (!errors.isEmpty()) {
                refused.add(new Refused(line.number(), List.copyOf(errors)));
            }
        }
        refused.sort(Comparator.comparingLong(Refused::line));
        return refused;
    }
}
