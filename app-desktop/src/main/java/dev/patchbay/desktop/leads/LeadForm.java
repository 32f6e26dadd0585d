package dev.patchbay.desktop.leads;

import dev.patchbay.model.FieldError;
import dev.patchbay.model.Lead;
import dev.patchbay.model.PhoneNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// One edit in progress, of a new lead or of one that is there.
///
/// When the lead changes elsewhere meanwhile, a field that the user left alone takes the new value; a field that both
/// changed becomes a [Conflict] showing both values, and waits for the user. What was typed is never overwritten.
/// JavaFX thread only.
public final class LeadForm {
    /// The fields, by their JSON names.
    public enum Field {
        NAME("name"),
        PHONE("phone"),
        EMAIL("email"),
        SOURCE("source"),
        STAGE("stage"),
        TAGS("tags"),
        NOTES("notes");

        private final String wire;

        Field(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        static Optional<Field> of(String wire) {
            return Arrays.stream(values()).filter(f -> f.wire.equals(wire)).findFirst();
        }
    }

    /// Both changed the same field.
    public record Conflict(Field field, String yours, String theirs) {}

    /// What is wrong with a field: a key of the words, or a sentence that the server made.
    public sealed interface Fault {
        record Key(String key) implements Fault {}

        record Said(String sentence) implements Fault {}
    }

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");
    private static final int LONGEST = 200;
    private static final int LONGEST_NOTES = 20_000;

    private final String region;
    private final Map<Field, StringProperty> texts = new EnumMap<>(Field.class);
    private final Map<Field, String> base = new EnumMap<>(Field.class);
    private final ObservableMap<Field, Fault> faults = FXCollections.observableHashMap();
    private final ObservableList<Conflict> conflicts = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final BooleanProperty saving = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable Lead> lead = new ReadOnlyObjectWrapper<>();

    /// @param region ISO 3166-1 alpha-2, in whose customs phone numbers are typed
    public LeadForm(String region, @Nullable Lead start) {
        this.region = region;
        for (Field field : Field.values()) {
            StringProperty text = new SimpleStringProperty("");
            texts.put(field, text);
            base.put(field, "");
            text.addListener((_, _, _) -> {
                faults.remove(field);
                touch();
            });
        }
        if (start == null) {
            base.put(Field.STAGE, "new");
            text(Field.STAGE).set("new");
        } else {
            begin(start);
        }
    }

    /// The lead as last seen from the server; null while it is a new one.
    public @Nullable Lead lead() {
        return lead.get();
    }

    public ReadOnlyObjectProperty<@Nullable Lead> leadProperty() {
        return lead.getReadOnlyProperty();
    }

    public StringProperty text(Field field) {
        return Objects.requireNonNull(texts.get(field));
    }

    public ObservableMap<Field, Fault> faults() {
        return faults;
    }

    public ObservableList<Conflict> conflicts() {
        return conflicts;
    }

    /// Whether something was typed that the server does not have.
    public ReadOnlyBooleanProperty dirtyProperty() {
        return dirty.getReadOnlyProperty();
    }

    public boolean dirty() {
        return dirty.get();
    }

    public BooleanProperty savingProperty() {
        return saving;
    }

    /// Fills in what a call knows of its caller, as if typed.
    public void suggest(Field field, String value) {
        if (text(field).get().isEmpty()) {
            text(field).set(value);
        }
    }

    /// Takes the lead as it is now: saved, or opened.
    public void begin(Lead now) {
        for (Field field : Field.values()) {
            String value = value(now, field);
            base.put(field, value);
            text(field).set(value);
        }
        conflicts.clear();
        faults.clear();
        lead.set(now);
        touch();
    }

    /// After saving: what was typed while the answer was on its way stays typed.
    ///
    /// @param sent what was on the form when it was sent
    public void saved(Lead now, Map<Field, String> sent) {
        for (Field field : Field.values()) {
            String value = value(now, field);
            boolean typedSince = !text(field).get().equals(sent.get(field));
            base.put(field, value);
            if (!typedSince) {
                text(field).set(value);
            }
        }
        conflicts.clear();
        lead.set(now);
        touch();
    }

    /// What was on the form is on this computer's disk and will be sent: it counts as saved.
    void kept(Map<Field, String> sent) {
        base.putAll(sent);
        touch();
    }

    /// The lead is gone: saving makes a new one of what is here.
    void orphan() {
        lead.set(null);
        conflicts.clear();
        base.replaceAll((_, _) -> "");
        touch();
    }

    /// The lead changed elsewhere, or the server refused because it had.
    public void theirs(Lead now) {
        Lead seen = lead.get();
        if (seen == null || now.version() <= seen.version()) {
            return;
        }
        for (Field field : Field.values()) {
            String before = base.getOrDefault(field, "");
            String theirs = value(now, field);
            String yours = text(field).get();
            base.put(field, theirs);
            conflicts.removeIf(conflict -> conflict.field() == field && !theirs.equals(before));
            if (theirs.equals(before) || yours.equals(theirs)) {
                continue;
            }
            if (yours.equals(before)) {
                text(field).set(theirs);
            } else {
                conflicts.add(new Conflict(field, yours, theirs));
            }
        }
        lead.set(now);
        touch();
    }

    public void keepMine(Conflict conflict) {
        conflicts.remove(conflict);
    }

    public void takeTheirs(Conflict conflict) {
        conflicts.remove(conflict);
        text(conflict.field()).set(conflict.theirs());
    }

    /// What is on the form now.
    public Map<Field, String> typed() {
        Map<Field, String> all = new EnumMap<>(Field.class);
        texts.forEach((field, text) -> all.put(field, text.get()));
        return all;
    }

    /// Checks what was typed as the server will, and says at each field what is wrong.
    ///
    /// @return empty when something is wrong
    public Optional<LeadDraft> check() {
        faults.clear();
        String name = clean(Field.NAME);
        String phone = clean(Field.PHONE);
        String email = clean(Field.EMAIL);
        if (name.isEmpty()) {
            fault(Field.NAME, "leads.fault.name");
        }
        if (phone.isEmpty() && email.isEmpty()) {
            fault(Field.PHONE, "leads.fault.reach");
        }
        Optional<PhoneNumber> number = phone.isEmpty() ? Optional.empty() : PhoneNumber.parse(phone, region);
        if (!phone.isEmpty() && number.isEmpty()) {
            fault(Field.PHONE, "leads.fault.phone");
        }
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            fault(Field.EMAIL, "leads.fault.email");
        }
        for (Field field : Field.values()) {
            if (text(field).get().length() > (field == Field.NOTES ? LONGEST_NOTES : LONGEST)) {
                fault(field, "leads.fault.long");
            }
        }
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        List<String> tags = new ArrayList<>();
        for (String tag : clean(Field.TAGS).split(",", -1)) {
            if (!tag.isBlank() && !tags.contains(tag.strip())) {
                tags.add(tag.strip());
            }
        }
        Lead seen = lead.get();
        return Optional.of(new LeadDraft(
                seen == null ? null : seen.id(),
                seen == null ? null : seen.version(),
                name,
                number.map(PhoneNumber::e164).orElse(null),
                orNull(email),
                orNull(clean(Field.SOURCE)),
                clean(Field.STAGE).isEmpty() ? "new" : clean(Field.STAGE),
                tags,
                orNull(text(Field.NOTES).get())));
    }

    /// Puts what the server found wrong under the fields.
    ///
    /// @return those that are of no field here
    public List<FieldError> refuse(List<FieldError> errors) {
        List<FieldError> others = new ArrayList<>();
        for (FieldError error : errors) {
            Field.of(error.field())
                    .ifPresentOrElse(
                            field -> faults.put(field, new Fault.Said(error.message())), () -> others.add(error));
        }
        return others;
    }

    private void fault(Field field, String key) {
        faults.putIfAbsent(field, new Fault.Key(key));
    }

    private String clean(Field field) {
        return text(field).get().strip();
    }

    private void touch() {
        dirty.set(Arrays.stream(Field.values())
                .anyMatch(field -> !text(field).get().equals(base.getOrDefault(field, ""))));
    }

    private String value(Lead of, Field field) {
        String phone = of.phone();
        return switch (field) {
            case NAME -> of.name();
            case PHONE -> phone == null ? "" : readable(phone);
            case EMAIL -> text(of.email());
            case SOURCE -> text(of.source());
            case STAGE -> of.stage();
            case TAGS -> String.join(", ", of.tags());
            case NOTES -> text(of.notes());
        };
    }

    private String readable(String e164) {
        return PhoneNumber.parse(e164, region)
                .map(number -> number.display(region))
                .orElse(e164);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String orNull(String value) {
        return value.isBlank() ? null : value;
    }
}
