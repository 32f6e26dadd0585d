package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Loads, filters and saves the entries of one section. On the JavaFX thread; the server is asked on another.
///
/// An edit that is left for another entry is kept and comes back with its entry, until it is saved or discarded.
final class SectionController {
    private final Section section;
    private final Errands errands;
    private final News news;
    private final SectionModel model = new SectionModel();
    private final Map<String, Draft> kept = new HashMap<>();
    private List<JsonNode> rows = List.of();
    private boolean whole = true;
    private int asked;

    SectionController(Section section, Errands errands, News news) {
        this.section = section;
        this.errands = errands;
        this.news = news;
        model.search().addListener((_, _, _) -> searched());
    }

    Section section() {
        return section;
    }

    SectionModel model() {
        return model;
    }

    Errands errands() {
        return errands;
    }

    News news() {
        return news;
    }

    /// Loads the list and what can be chosen; the list that shows stays until the new one is there.
    void load() {
        int mine = ++asked;
        String wanted = whole ? "" : model.search().get().strip();
        if (rows.isEmpty()) {
            model.face().set(new SectionModel.Face.Loading());
        }
        errands.run(
                wire -> section.shelf().list(wire, wanted),
                loaded -> {
                    if (mine == asked) {
                        whole = wanted.isEmpty() && loaded.size() < Shelf.MOST;
                        rows = loaded;
                        show();
                    }
                },
                failure -> {
                    if (mine == asked) {
                        failed(failure);
                    }
                });
        for (Input input : Section.withChoices(section.inputs())) {
            Choice.Source source = Section.source(input);
            if (source != null) {
                errands.run(
                        source::load,
                        choices -> model.choices().put(input.field(), choices),
                        // Whoever may not see the offices edits users all the same.
                        _ -> model.choices().putIfAbsent(input.field(), List.of()));
            }
        }
    }

    private void failed(RuntimeException failure) {
        if (rows.isEmpty()) {
            model.face().set(new SectionModel.Face.Failed(Said.why(failure)));
        } else {
            news.say(Tone.BAD, Said.why(failure), Words.of("admin.again"), this::load);
        }
    }

    private void searched() {
        if (whole) {
            show();
        } else {
            load();
        }
    }

    private void show() {
        String wanted = model.search().get().strip().toLowerCase(Locale.ROOT);
        List<JsonNode> match = new ArrayList<>(rows.stream()
                .filter(row -> wanted.isEmpty() || text(row).contains(wanted))
                .toList());
        String first = section.columns().getFirst().field();
        match.sort(Comparator.comparing(row -> words(first, row.path(first)), String.CASE_INSENSITIVE_ORDER));
        if (!match.equals(model.shown())) {
            model.shown().setAll(match);
        }
        model.face()
                .set(
                        !match.isEmpty()
                                ? new SectionModel.Face.Full()
                                : rows.isEmpty() && wanted.isEmpty()
                                        ? new SectionModel.Face.Empty()
                                        : new SectionModel.Face.NoMatch());
    }

    private String text(JsonNode row) {
        return section.columns().stream()
                .map(column -> words(column.field(), row.path(column.field())))
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }

    /// A value as a person reads it: with the words of its choice when it is one.
    String words(String field, JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(each -> all.add(words(field, each)));
            return all.stream().sorted().collect(Collectors.joining(", "));
        }
        String plain = value.isNull() ? "" : value.asText();
        return model.choices().getOrDefault(field, List.of()).stream()
                .filter(choice -> choice.value().equals(plain))
                .findFirst()
                .map(choice -> choice.words().getValue())
                .orElse(plain);
    }

    /// Opens an entry in the editor, with its kept edit when there is one; null closes the editor.
    void select(@Nullable JsonNode row) {
        if (row == null) {
            close();
            return;
        }
        String id = section.shelf().idOf(row);
        Draft open = model.draft().get();
        if (open != null && id.equals(idOf(open))) {
            return;
        }
        leave();
        Draft draft = kept.computeIfAbsent(id, _ -> new Draft(section.inputs(), row));
        show(draft);
        if (section.can().change()) {
            refresh(draft, row);
        }
    }

    private void refresh(Draft draft, JsonNode row) {
        errands.run(wire -> section.shelf().open(wire, row), fresh -> meanwhile(draft, fresh), failure -> {
            if (failure instanceof Refused no && no.httpStatus() == 404) {
                gone(draft);
            }
        });
    }

    private void meanwhile(Draft draft, JsonNode fresh) {
        if (!draft.busy().get() && !fresh.equals(draft.seen().get())) {
            draft.meanwhile(fresh);
            replace(fresh);
        }
    }

    /// Somebody took the entry away.
    private void gone(Draft draft) {
        forget(draft);
        if (draft.equals(model.draft().get())) {
            model.draft().set(null);
        }
        news.say(Tone.WARN, Words.of("admin.gone"));
        load();
    }

    void create() {
        leave();
        show(kept.computeIfAbsent("", _ -> new Draft(section.inputs(), null)));
    }

    private void show(Draft draft) {
        model.problem().set("");
        model.asked().set(null);
        model.draft().set(draft);
    }

    /// Closes the editor; an unsaved edit is kept.
    void close() {
        leave();
        model.draft().set(null);
    }

    /// What has no change needs no keeping.
    private void leave() {
        Draft open = model.draft().get();
        if (open != null && !open.dirty().get() && !open.busy().get()) {
            forget(open);
        }
        model.unsaved()
                .setAll(kept.entrySet().stream()
                        .filter(each -> each.getValue().dirty().get())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private void forget(Draft draft) {
        kept.values().removeIf(each -> each.equals(draft));
        model.unsaved().removeIf(id -> !kept.containsKey(id));
    }

    private @Nullable String idOf(Draft draft) {
        JsonNode seen = draft.seen().get();
        return seen == null ? null : section.shelf().idOf(seen);
    }

    void discard() {
        Draft open = model.draft().get();
        if (open == null) {
            return;
        }
        model.problem().set("");
        if (open.isNew()) {
            forget(open);
            model.draft().set(null);
        } else {
            open.discard();
        }
    }

    void save() {
        Draft draft = model.draft().get();
        if (draft == null || draft.busy().get() || !mayChange(draft)) {
            return;
        }
        model.problem().set("");
        if (!draft.check()) {
            return;
        }
        if (!draft.isNew() && !draft.dirty().get()) {
            return;
        }
        draft.busy().set(true);
        JsonNode seen = draft.seen().get();
        ObjectNode body = draft.body();
        errands.run(
                wire -> section.shelf().save(wire, seen, body),
                entry -> {
                    draft.busy().set(false);
                    saved(draft, entry);
                },
                failure -> {
                    draft.busy().set(false);
                    refused(draft, failure);
                });
    }

    private boolean mayChange(Draft draft) {
        return draft.isNew() ? section.can().add() : section.can().change();
    }

    private void saved(Draft draft, JsonNode entry) {
        boolean fresh = draft.isNew();
        String name = name(entry);
        forget(draft);
        replace(entry);
        if (fresh) {
            if (draft.equals(model.draft().get())) {
                Draft next = new Draft(section.inputs(), entry);
                kept.put(section.shelf().idOf(entry), next);
                show(next);
            }
        } else {
            draft.saved(entry);
            kept.put(section.shelf().idOf(entry), draft);
        }
        news.say(Tone.GOOD, Words.of(fresh ? "admin.added" : "admin.saved", name));
    }

    private void refused(Draft draft, RuntimeException failure) {
        if (failure instanceof Refused no) {
            JsonNode seen = draft.seen().get();
            if (no.error().code().equals("VERSION_CONFLICT") && seen != null) {
                stale(draft, seen);
                return;
            }
            if (no.httpStatus() == 404 && seen != null) {
                gone(draft);
                return;
            }
            if (!no.error().errors().isEmpty()) {
                List<FieldError> others = draft.refuse(no.error().errors());
                if (others.isEmpty()) {
                    return;
                }
                model.problem().set(others.stream().map(FieldError::message).collect(Collectors.joining(" ")));
                return;
            }
        }
        model.problem().set(Said.why(failure));
    }

    /// Somebody changed it meanwhile: theirs comes beside mine. Where only they changed something, there is nothing to
    /// choose, and the save goes on by itself.
    private void stale(Draft draft, JsonNode seen) {
        errands.run(
                wire -> section.shelf().open(wire, seen),
                fresh -> {
                    draft.meanwhile(fresh);
                    replace(fresh);
                    if (draft.conflicts().isEmpty()) {
                        save();
                    }
                },
                failure -> model.problem().set(Said.why(failure)));
    }

    /// Puts an entry in the place of the one with its id, or adds it.
    void replace(JsonNode entry) {
        List<JsonNode> next = new ArrayList<>(rows);
        String id = section.shelf().idOf(entry);
        int at = -1;
        for (int i = 0; i < next.size(); i++) {
            if (section.shelf().idOf(next.get(i)).equals(id)) {
                at = i;
            }
        }
        if (at < 0) {
            next.add(entry);
        } else {
            next.set(at, entry);
        }
        rows = next;
        show();
    }

    /// Takes the entry in the editor away, after a yes where it is for good.
    void remove() {
        Draft open = model.draft().get();
        JsonNode entry = open == null ? null : open.seen().get();
        if (entry == null) {
            return;
        }
        switch (section.can().removal()) {
            case NEVER -> {}
            case CONFIRM -> model.asked().set(entry);
            case UNDO -> removeNow(entry);
        }
    }

    /// The yes.
    void removeNow(JsonNode entry) {
        model.asked().set(null);
        errands.run(
                wire -> {
                    section.shelf().remove(wire, entry);
                    return entry;
                },
                this::removed,
                failure -> model.problem().set(Said.why(failure)));
    }

    private void removed(JsonNode entry) {
        String id = section.shelf().idOf(entry);
        rows = rows.stream()
                .filter(row -> !section.shelf().idOf(row).equals(id))
                .toList();
        Draft open = model.draft().get();
        if (open != null && id.equals(idOf(open))) {
            model.draft().set(null);
        }
        kept.remove(id);
        show();
        if (section.can().removal() == Section.Removal.UNDO) {
            news.say(Tone.NEUTRAL, Words.of("admin.removed", name(entry)), Words.of("common.undo"), () -> undo(entry));
        } else {
            news.say(Tone.NEUTRAL, Words.of("admin.removed", name(entry)));
        }
    }

    /// Reads an entry again that was changed by other means than the editor.
    void again(JsonNode entry) {
        errands.run(
                wire -> section.shelf().open(wire, entry),
                fresh -> {
                    Draft open = model.draft().get();
                    if (open != null && section.shelf().idOf(fresh).equals(idOf(open))) {
                        open.meanwhile(fresh);
                    }
                    replace(fresh);
                },
                failure -> news.say(Tone.BAD, Said.why(failure)));
    }

    private void undo(JsonNode entry) {
        ObjectNode body = new Draft(section.inputs(), entry).body();
        body.remove("version");
        errands.run(
                wire -> section.shelf().save(wire, null, body),
                this::replace,
                failure -> news.say(Tone.BAD, Said.why(failure)));
    }

    /// What an entry is called.
    String name(JsonNode entry) {
        String first = section.columns().getFirst().field();
        return words(first, entry.path(first));
    }
}
