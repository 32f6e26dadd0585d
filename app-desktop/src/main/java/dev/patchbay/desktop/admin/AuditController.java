package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.desktop.words.Words;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches the audit log, has it verified, and writes it to a file. On the JavaFX thread.
final class AuditController {
    private static final Logger LOG = LoggerFactory.getLogger(AuditController.class);
    private static final int PAGE = 100;
    /// A spreadsheet takes about as many lines.
    private static final int MOST_EXPORTED = 1_000_000;

    private final Errands errands;
    private final ObservableList<AuditRow> rows = FXCollections.observableArrayList();
    private final ObservableList<Choice> people = FXCollections.observableArrayList();
    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(Filter.NONE);
    private final ObjectProperty<SectionModel.Face> face = new SimpleObjectProperty<>(new SectionModel.Face.Loading());
    private final BooleanProperty more = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Check> checked = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Export> export = new SimpleObjectProperty<>();
    private @Nullable String next;
    private int asked;

    /// What is looked for; empty and null mean anything.
    record Filter(
            String text,
            String actor,
            String action,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        static final Filter NONE = new Filter("", "", "", null, null);

        /// Whole days where the user sits.
        Map<String, @Nullable Object> parameters() {
            ZoneId here = ZoneId.systemDefault();
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("q", text.isBlank() ? null : text.strip());
            all.put("actor", actor.isEmpty() ? null : actor);
            all.put("action", action.isBlank() ? null : action.strip());
            all.put("from", from == null ? null : from.atStartOfDay(here).toInstant());
            all.put("to", to == null ? null : to.plusDays(1).atStartOfDay(here).toInstant());
            return all;
        }
    }

    /// What the verification found; a failure to ask is a sentence.
    ///
    /// @param firstBad number of the first row that does not fit; null when all do
    record Check(
            boolean working,
            boolean ok,
            long rows,
            @Nullable Long firstBad,
            String failure) {}

    /// A file being written.
    ///
    /// @param done how many rows so far
    record Export(int done, AtomicBoolean stop) {}

    AuditController(Errands errands) {
        this.errands = errands;
    }

    ObservableList<AuditRow> rows() {
        return rows;
    }

    /// Who may have done something.
    ObservableList<Choice> people() {
        return people;
    }

    ObjectProperty<Filter> filter() {
        return filter;
    }

    ObjectProperty<SectionModel.Face> face() {
        return face;
    }

    /// Whether there are older rows.
    BooleanProperty more() {
        return more;
    }

    /// The last verification; null before the first.
    ObjectProperty<@Nullable Check> checked() {
        return checked;
    }

    /// The export under way; null when none is.
    ObjectProperty<@Nullable Export> export() {
        return export;
    }

    void load() {
        page(null);
        if (people.isEmpty()) {
            errands.run(
                    wire -> Choice.named("/directory", "id", "name").load(wire),
                    people::setAll,
                    why -> LOG.info("the audit log is shown without a choice of people: {}", why.getMessage()));
        }
    }

    void older() {
        page(next);
    }

    private void page(@Nullable String after) {
        int mine = ++asked;
        Map<String, @Nullable Object> parameters = filter.get().parameters();
        parameters.put("limit", PAGE);
        parameters.put("after", after);
        if (rows.isEmpty()) {
            face.set(new SectionModel.Face.Loading());
        }
        errands.run(
                wire -> wire.get("/audit" + Wire.query(parameters)),
                page -> {
                    if (mine == asked) {
                        show(page, after != null);
                    }
                },
                failure -> {
                    if (mine == asked) {
                        face.set(new SectionModel.Face.Failed(Said.why(failure)));
                    }
                });
    }

    private void show(JsonNode page, boolean behind) {
        List<AuditRow> fresh = new ArrayList<>();
        page.path("items").forEach(row -> fresh.add(new AuditRow(row)));
        if (behind) {
            rows.addAll(fresh);
        } else if (!fresh.equals(rows)) {
            rows.setAll(fresh);
        }
        next = page.path("next").asText(null);
        more.set(next != null);
        face.set(
                !rows.isEmpty()
                        ? new SectionModel.Face.Full()
                        : filter.get().equals(Filter.NONE)
                                ? new SectionModel.Face.Empty()
                                : new SectionModel.Face.NoMatch());
    }

    /// Has the server go through the whole chain.
    void verify() {
        checked.set(new Check(true, false, 0, null, ""));
        errands.run(
                wire -> wire.get("/audit/verify"),
                answer -> {
                    JsonNode bad = answer.path("firstBad");
                    checked.set(new Check(
                            false,
                            answer.path("ok").asBoolean(),
                            answer.path("rows").asLong(),
                            bad.isNumber() ? bad.asLong() : null,
                            ""));
                },
                failure -> checked.set(new Check(false, false, 0, null, Said.why(failure))));
    }

    /// Writes all rows that match as CSV. What was written before it is stopped stays.
    void export(Path file, News news) {
        if (export.get() != null) {
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        Filter wanted = filter.get();
        export.set(new Export(0, stop));
        errands.run(
                wire -> write(wire, file, wanted, stop),
                written -> {
                    export.set(null);
                    if (written < 0) {
                        news.say(dev.patchbay.desktop.controls.Tone.BAD, Words.of("admin.audit.export.failed"));
                    } else {
                        news.say(
                                dev.patchbay.desktop.controls.Tone.GOOD,
                                Words.of("admin.audit.export.done", written, String.valueOf(file.getFileName())));
                    }
                },
                failure -> {
                    export.set(null);
                    news.say(dev.patchbay.desktop.controls.Tone.BAD, Said.why(failure));
                });
    }

    /// @return how many rows; -1 when the file cannot be written
    private int write(Wire wire, Path file, Filter wanted, AtomicBoolean stop) {
        int written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(Csv.line("seq", "at", "actor", "action", "subject", "detail", "address"));
            String after = null;
            do {
                Map<String, @Nullable Object> parameters = wanted.parameters();
                parameters.put("limit", 200);
                parameters.put("after", after);
                JsonNode page = wire.get("/audit" + Wire.query(parameters));
                for (JsonNode row : page.path("items")) {
                    out.write(Csv.line(
                            row.path("seq").asText(),
                            row.path("at").asText(),
                            row.path("actor").path("name").asText(""),
                            row.path("action").asText(),
                            row.path("subject").asText(""),
                            row.path("detail").isMissingNode()
                                    ? ""
                                    : row.path("detail").toString(),
                            row.path("address").asText("")));
                    written++;
                }
                int sofar = written;
                errands.screen().execute(() -> {
                    if (export.get() != null) {
                        export.set(new Export(sofar, stop));
                    }
                });
                after = page.path("next").asText(null);
            } while (after != null && !stop.get() && written < MOST_EXPORTED);
            return written;
        } catch (IOException e) {
            LOG.warn("the audit log cannot be written to {}; {} rows were", file, written, e);
            return -1;
        }
    }
}
