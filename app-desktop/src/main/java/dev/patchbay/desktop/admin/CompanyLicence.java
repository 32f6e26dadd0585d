package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What a company may use: plan, seats, until when.
final class CompanyLicence implements EditorView.Extra {
    private static final Pattern DIGITS = Pattern.compile("\\d{0,6}");

    private final Errands errands;
    private final News news;
    private final VBox box = new VBox(10);
    private final Field<TextField> plan = new Field<>(Words.bind("admin.companies.plan"), new TextField());
    private final Field<TextField> seats = new Field<>(Words.bind("admin.companies.seats"), new TextField());
    private final Field<DatePicker> until = new Field<>(Words.bind("admin.companies.until"), new DatePicker());
    private @Nullable JsonNode company;

    CompanyLicence(Errands errands, News news) {
        this.errands = errands;
        this.news = news;
        plan.control().setId("plan");
        seats.control().setId("seats");
        seats.hint().bind(Words.bind("admin.companies.seats.hint"));
        until.hint().bind(Words.bind("admin.companies.until.hint"));
        Button save = button(Words.bind("admin.companies.licence.save"), this::save);
        save.setId("licence-save");
        box.getChildren()
                .addAll(label(Words.bind("admin.companies.licence"), "section"), plan, seats, until, new HBox(save));
        box.getStyleClass().add("admin-extra");
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(@Nullable JsonNode entry) {
        if (entry != null && company != null && entry.path("id").equals(company.path("id"))) {
            // The same company after a save of its name: what is typed here stays.
            company = entry;
            return;
        }
        company = entry;
        fill(JsonNodeFactory.instance.objectNode());
        if (entry != null) {
            errands.run(
                    wire -> wire.get("/companies/" + entry.path("id").asText() + "/license"),
                    licence -> {
                        if (entry.equals(company)) {
                            fill(licence);
                        }
                    },
                    this::refused);
        }
    }

    private void fill(JsonNode licence) {
        plan.control().setText(licence.path("plan").asText(""));
        seats.control().setText(licence.path("seats").asText(""));
        until.control().setValue(day(licence.path("expiresAt").asText("")));
        plan.error().set("");
        seats.error().set("");
    }

    private static @Nullable LocalDate day(String instant) {
        try {
            return instant.isEmpty() ? null : LocalDate.ofInstant(Instant.parse(instant), ZoneId.systemDefault());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private void save() {
        JsonNode of = company;
        String wanted = plan.control().getText().strip();
        String places = seats.control().getText().strip();
        plan.error().set(wanted.isEmpty() ? Words.of("admin.fault.missing") : "");
        seats.error().set(DIGITS.matcher(places).matches() ? "" : Words.of("admin.fault.number"));
        if (of == null || wanted.isEmpty() || !seats.error().get().isEmpty()) {
            return;
        }
        ObjectNode licence = JsonNodeFactory.instance.objectNode();
        licence.put("plan", wanted);
        licence.put("seats", places.isEmpty() ? null : Integer.valueOf(places));
        LocalDate day = until.control().getValue();
        // To the end of that day, where the administrator sits.
        licence.put(
                "expiresAt",
                day == null
                        ? null
                        : day.plusDays(1)
                                .atStartOfDay(ZoneId.systemDefault())
                                .toInstant()
                                .toString());
        errands.run(
                wire -> wire.put("/companies/" + of.path("id").asText() + "/license", licence),
                _ -> news.say(
                        Tone.GOOD,
                        Words.of(
                                "admin.companies.licence.saved", of.path("name").asText())),
                this::refused);
    }

    private void refused(RuntimeException failure) {
        String rest = Said.why(failure);
        if (failure instanceof Refused no) {
            for (FieldError error : no.error().errors()) {
                (error.field().equals("seats") ? seats : plan).error().set(error.message());
                rest = "";
            }
        }
        if (!rest.isEmpty()) {
            plan.error().set(rest);
        }
    }
}
