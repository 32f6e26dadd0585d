package dev.patchbay.desktop.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.Answer;
import dev.patchbay.desktop.session.Commands;
import dev.patchbay.desktop.session.Table;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ChangeListener;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Says what keys and buttons of the leads screen do, and carries the server's leads into the list. JavaFX thread only.
public final class LeadsController {
    private static final Duration DRAIN = Duration.millis(100);

    private final LeadsModel model;
    private final Table<LeadId, Lead> leads;
    private final Commands commands;
    private final String region;
    private final LeadInbox inbox = new LeadInbox();
    private final Timeline drain = new Timeline(new KeyFrame(DRAIN, _ -> drain()));
    private final ChangeListener<Table.Face> faceChanged = (_, _, now) -> face(now);
    private final List<LeadNotice.Deleted> undoable = new ArrayList<>();
    private Table.@Nullable Registration registration;

    /// @param region in whose customs phone numbers are typed and shown; the company's
    public LeadsController(LeadsModel model, Table<LeadId, Lead> leads, Commands commands, String region) {
        this.model = model;
        this.leads = leads;
        this.commands = commands;
        this.region = region;
        drain.setCycleCount(Animation.INDEFINITE);
    }

    public LeadsModel model() {
        return model;
    }

    public String region() {
        return region;
    }

    public void onShow() {
        if (registration != null) {
            return;
        }
        leads.face().addListener(faceChanged);
        face(leads.face().get());
        registration = leads.listen(this::changed);
        drain.play();
    }

    public void onHide() {
        drain.stop();
        leads.face().removeListener(faceChanged);
        if (registration != null) {
            registration.close();
            registration = null;
        }
        // A deletion whose toast is out of sight can no longer be undone.
        List.copyOf(undoable).forEach(deleted -> deleted.forGood().run());
    }

    private void face(Table.Face now) {
        model.faceProperty()
                .set(
                        switch (now) {
                            case Table.Face.Loading _ -> LeadsModel.Face.LOADING;
                            case Table.Face.Full _ -> LeadsModel.Face.FULL;
                            // With rows there is something to work on; the live badge says that the line is cut.
                            case Table.Face.Failed _ ->
                                leads.size() == 0 ? LeadsModel.Face.FAILED : LeadsModel.Face.FULL;
                        });
    }

    private void changed(Table.Change<LeadId, Lead> change) {
        if (change.reloaded()) {
            inbox.clear();
            model.list().load(change.changed());
        } else {
            change.changed().forEach(inbox::put);
            change.removed().forEach(inbox::gone);
        }
        followEdit();
    }

    /// Brings what has come since the last time into the list.
    void drain() {
        LeadInbox.Batch batch = inbox.drain();
        if (!batch.isEmpty()) {
            model.list().apply(batch.changed(), batch.gone());
            batch.gone().forEach(this::orphan);
            followEdit();
        }
        model.list().settle();
    }

    /// The open edit hears of changes to its lead.
    private void followEdit() {
        for (LeadForm form : openForms()) {
            Lead seen = form.lead();
            if (seen == null) {
                continue;
            }
            Optional<Lead> now = leads.find(seen.id());
            now.ifPresent(form::theirs);
        }
    }

    /// A lead that was deleted elsewhere while it is being edited: what was typed stays, as a new one.
    private void orphan(LeadId gone) {
        for (LeadForm form : openForms()) {
            Lead seen = form.lead();
            if (seen != null && seen.id().equals(gone)) {
                if (form.dirty()) {
                    form.orphan();
                    model.say(new LeadNotice.GoneWhileEdited(seen.name()));
                } else if (form == model.formProperty().get()) {
                    discard();
                }
            }
        }
    }

    private List<LeadForm> openForms() {
        List<LeadForm> open = new ArrayList<>();
        for (LeadForm form : new LeadForm[] {
            model.formProperty().get(), model.stashProperty().get()
        }) {
            if (form != null) {
                open.add(form);
            }
        }
        return open;
    }

    public void show(LeadList.Tab tab) {
        model.tabProperty().set(tab);
        model.list().show(tab);
    }

    public void search(String query) {
        model.queryProperty().set(query);
        model.list().search(query);
    }

    /// Opens the lead at the side, unless something typed there would be lost: then it waits as a bar.
    public void open(Lead lead) {
        LeadForm now = model.formProperty().get();
        if (now != null && now.lead() != null && lead.id().equals(id(now))) {
            return;
        }
        if (now != null && now.dirty()) {
            model.popProperty().set(new LeadsModel.Pop(lead.name(), lead, lead.phone()));
        } else {
            model.formProperty().set(new LeadForm(region, lead));
        }
    }

    public void create() {
        LeadForm now = model.formProperty().get();
        if (now == null || !now.dirty()) {
            model.formProperty().set(new LeadForm(region, null));
        }
    }

    /// A new lead from what a call knows of its caller; put aside what was being typed, never away.
    public void createFor(String name, @Nullable String phone) {
        pop(name, null, phone);
    }

    /// A call brings its lead up. What is being typed stays: then the lead waits as a bar.
    public void pop(String caller, @Nullable Lead lead, @Nullable String phone) {
        LeadsModel.Pop pop = new LeadsModel.Pop(caller, lead, phone);
        LeadForm now = model.formProperty().get();
        if (now != null && now.dirty()) {
            if (lead == null || !lead.id().equals(id(now))) {
                model.popProperty().set(pop);
            }
        } else {
            put(pop);
        }
    }

    /// Shows what waits, and puts the edit in progress aside with what was typed.
    public void showPop() {
        LeadsModel.Pop pop = model.popProperty().get();
        if (pop == null) {
            return;
        }
        LeadForm now = model.formProperty().get();
        if (now != null && now.dirty()) {
            model.stashProperty().set(now);
        }
        put(pop);
    }

    public void dismissPop() {
        model.popProperty().set(null);
    }

    /// Goes back to the edit that was put aside.
    public void unstash() {
        LeadForm aside = model.stashProperty().get();
        LeadForm now = model.formProperty().get();
        if (aside != null) {
            model.formProperty().set(aside);
            model.stashProperty().set(now != null && now.dirty() ? now : null);
        }
    }

    private void put(LeadsModel.Pop pop) {
        LeadForm form = new LeadForm(region, pop.lead());
        if (pop.lead() == null) {
            form.suggest(LeadForm.Field.NAME, pop.name());
            if (pop.phone() != null) {
                form.suggest(LeadForm.Field.PHONE, pop.phone());
            }
        }
        model.popProperty().set(null);
        model.formProperty().set(form);
    }

    /// Leaves the form. What was typed and not saved is put aside, not thrown away.
    public void close() {
        LeadForm now = model.formProperty().get();
        LeadForm aside = model.stashProperty().get();
        if (now != null && now.dirty()) {
            model.stashProperty().set(now);
            model.formProperty().set(aside);
        } else {
            model.formProperty().set(aside);
            model.stashProperty().set(null);
        }
    }

    /// Throws what was typed away.
    public void discard() {
        model.formProperty().set(model.stashProperty().get());
        model.stashProperty().set(null);
    }

    public void save() {
        LeadForm form = model.formProperty().get();
        if (form == null || form.savingProperty().get() || !form.conflicts().isEmpty()) {
            return;
        }
        form.check().ifPresent(draft -> send(form, draft));
    }

    private void send(LeadForm form, LeadDraft draft) {
        Map<LeadForm.Field, String> sent = form.typed();
        form.savingProperty().set(true);
        String type = draft.lead() == null ? "lead.create" : "lead.update";
        commands.keep(type, draft, answer -> {
            form.savingProperty().set(false);
            switch (answer) {
                case Answer.Done done -> {
                    Lead now = done.as(Lead.class);
                    form.saved(now, sent);
                    leads.put(now);
                    model.say(new LeadNotice.Saved(now));
                }
                case Answer.Kept _ -> {
                    model.say(new LeadNotice.Kept());
                    form.kept(sent);
                    if (!form.dirty()) {
                        close();
                    }
                }
                case Answer.No no -> refused(form, no.error());
                case Answer.Failed _ -> model.say(new LeadNotice.NoLine());
            }
        });
    }

    private void refused(LeadForm form, ErrorBody error) {
        Lead current = details(error, "current")
                .map(node -> Json.convert(node, Lead.class))
                .or(() -> Optional.ofNullable(form.lead()).flatMap(lead -> leads.find(lead.id())))
                .orElse(null);
        Lead seen = form.lead();
        if (current != null && seen != null && current.version() > seen.version()) {
            form.theirs(current);
            // Nobody changed the same field: what was typed goes out on top of theirs.
            if (form.conflicts().isEmpty()) {
                save();
            }
            return;
        }
        if (error.errors().isEmpty() || !form.refuse(error.errors()).isEmpty()) {
            model.say(new LeadNotice.Refused(error.message()));
        }
    }

    /// Claims the selected lead, or the first of the tank.
    public void claimNext() {
        LeadRow row = model.selectedProperty().get();
        if (row == null || row.lead().ownerId() != null) {
            row = model.list().shown().stream()
                    .filter(each -> each.lead().ownerId() == null)
                    .findFirst()
                    .orElse(null);
        }
        if (row != null) {
            claim(row);
        }
    }

    public void claim(LeadRow row) {
        Lead lead = row.lead();
        int at = model.list().shown().indexOf(row);
        commands.ask("lead.claim", Map.of("lead", lead.id()), answer -> {
            switch (answer) {
                case Answer.Done done -> {
                    Lead mine = done.as(Lead.class);
                    leads.put(mine);
                    selectNear(at, lead.id());
                    open(mine);
                    model.say(new LeadNotice.Claimed(mine));
                }
                case Answer.No no -> lost(lead, at, no.error());
                case Answer.Kept _, Answer.Failed _ -> model.say(new LeadNotice.NoLine());
            }
        });
    }

    private void lost(Lead lead, int at, ErrorBody error) {
        if (!error.code().equals("LEAD_ALREADY_CLAIMED")) {
            model.say(new LeadNotice.Refused(error.message()));
            return;
        }
        String owner = details(error, "owner")
                .map(node -> node.path("name").asText(""))
                .orElse("");
        LeadRow next = details(error, "next")
                .map(node -> node.isObject() ? node.path("id").asText() : node.asText())
                .filter(id -> !id.isEmpty())
                .map(id -> model.list().row(LeadId.of(id)))
                .orElseGet(() -> near(at, lead.id()));
        model.selectedProperty().set(next);
        model.say(new LeadNotice.LostClaim(
                lead.name(), owner, next == null ? null : next.lead().name()));
    }

    public void release(LeadRow row) {
        commands.ask("lead.release", Map.of("lead", row.id()), answer -> {
            switch (answer) {
                case Answer.Done done -> {
                    Lead free = done.as(Lead.class);
                    leads.put(free);
                    model.say(new LeadNotice.Released(free));
                }
                case Answer.No no -> model.say(new LeadNotice.Refused(no.error().message()));
                case Answer.Kept _, Answer.Failed _ -> model.say(new LeadNotice.NoLine());
            }
        });
    }

    /// Takes the lead out of sight at once, and deletes it when it can no longer be undone.
    public void delete(LeadRow row) {
        Lead lead = row.lead();
        int at = model.list().shown().indexOf(row);
        model.list().hide(lead.id());
        selectNear(at, lead.id());
        LeadForm form = model.formProperty().get();
        if (form != null && lead.id().equals(id(form))) {
            discard();
        }
        LeadNotice.Deleted[] itself = new LeadNotice.Deleted[1];
        Runnable undo = () -> {
            if (undoable.remove(itself[0])) {
                model.list().unhide(lead.id());
                model.selectedProperty().set(model.list().row(lead.id()));
            }
        };
        Runnable forGood = () -> {
            if (undoable.remove(itself[0])) {
                deleteForGood(lead);
            }
        };
        itself[0] = new LeadNotice.Deleted(lead, undo, forGood);
        undoable.add(itself[0]);
        model.say(itself[0]);
    }

    private void deleteForGood(Lead lead) {
        commands.keep("lead.delete", Map.of("lead", lead.id()), answer -> {
            switch (answer) {
                case Answer.Done _ -> leads.remove(lead);
                case Answer.Kept _ -> model.say(new LeadNotice.Kept());
                case Answer.No no -> {
                    model.list().unhide(lead.id());
                    model.say(new LeadNotice.Refused(no.error().message()));
                }
                case Answer.Failed _ -> {
                    model.list().unhide(lead.id());
                    model.say(new LeadNotice.NoLine());
                }
            }
        });
    }

    private void selectNear(int at, LeadId not) {
        model.selectedProperty().set(near(at, not));
    }

    private @Nullable LeadRow near(int at, LeadId not) {
        List<LeadRow> shown = model.list().shown();
        for (int i = Math.max(0, at); i < shown.size(); i++) {
            if (!shown.get(i).id().equals(not)) {
                return shown.get(i);
            }
        }
        return shown.stream().filter(row -> !row.id().equals(not)).findFirst().orElse(null);
    }

    private static @Nullable LeadId id(LeadForm form) {
        Lead lead = form.lead();
        return lead == null ? null : lead.id();
    }

    private static Optional<JsonNode> details(ErrorBody error, String name) {
        JsonNode details = error.details();
        return details == null || !details.hasNonNull(name) ? Optional.empty() : Optional.of(details.get(name));
    }
}
