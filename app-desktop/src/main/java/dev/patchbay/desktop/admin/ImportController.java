package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings users in from a CSV file: the server says first what it would do, then does it.
final class ImportController {
    private static final Logger LOG = LoggerFactory.getLogger(ImportController.class);
    private static final long MOST_BYTES = 4L << 20;

    private final Errands errands;
    private final ObjectProperty<Step> step = new SimpleObjectProperty<>(new Step.Choosing(""));

    /// Where the import stands.
    sealed interface Step {
        /// @param problem why the last file could not be used; empty for no reason
        record Choosing(String problem) implements Step {}

        /// @param importing the real one, after the preview
        record Working(boolean importing) implements Step {}

        /// What the server would do.
        record Preview(String file, String content, Result result) implements Step {}

        record Done(Result result) implements Step {}
    }

    /// @param added how many are added
    /// @param refused lines that are not, with what is wrong
    record Result(int added, List<Line> refused) {
        Result {
            refused = List.copyOf(refused);
        }
    }

    /// @param number as an editor counts; the first holds the names
    record Line(int number, String wrong) {}

    ImportController(Errands errands) {
        this.errands = errands;
    }

    ObjectProperty<Step> step() {
        return step;
    }

    /// A file is chosen: asks the server what it would do with it.
    void choose(Path file) {
        step.set(new Step.Working(false));
        errands.background().execute(() -> {
            String content;
            try {
                if (Files.size(file) > MOST_BYTES) {
                    errands.screen().execute(() -> step.set(new Step.Choosing(Words.of("admin.import.large"))));
                    return;
                }
                content = read(file);
            } catch (IOException e) {
                LOG.info("{} cannot be read for the import", file, e);
                errands.screen().execute(() -> step.set(new Step.Choosing(Words.of("admin.import.unreadable"))));
                return;
            }
            ask(file, content);
        });
    }

    /// A spreadsheet marks UTF-8 with three bytes, or writes the alphabet of its country.
    private static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            text = new String(bytes, java.nio.charset.Charset.forName("windows-1252"));
        }
        return Csv.withCommas(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private void ask(Path file, String content) {
        errands.run(
                wire -> result(wire.upload("/users/import?dryRun=true", "text/csv", content)),
                result -> step.set(new Step.Preview(String.valueOf(file.getFileName()), content, result)),
                failure -> step.set(new Step.Choosing(Said.why(failure))));
    }

    /// Does what the preview showed.
    void go(Step.Preview preview) {
        step.set(new Step.Working(true));
        errands.run(
                wire -> result(wire.upload("/users/import", "text/csv", preview.content())),
                result -> step.set(new Step.Done(result)),
                failure -> step.set(new Step.Choosing(Said.why(failure))));
    }

    private static Result result(JsonNode answer) {
        List<Line> refused = new ArrayList<>();
        for (JsonNode line : answer.path("refused")) {
            List<String> wrong = new ArrayList<>();
            line.path("errors").forEach(error -> wrong.add(error.path("message").asText()));
            refused.add(new Line(line.path("line").asInt(), String.join(" ", wrong)));
        }
        return new Result(answer.path("added").asInt(), refused);
    }
}
