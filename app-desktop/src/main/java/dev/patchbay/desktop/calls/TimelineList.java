package dev.patchbay.desktop.calls;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.model.TimelineEntry;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What happened in a call, one line each, in the order of the list it shows.
public final class TimelineList {
    private final ObservableList<TimelineEntry> entries;
    private final VBox node = new VBox(8);
    private final ListChangeListener<TimelineEntry> changed = _ -> refresh();

    public TimelineList(ObservableList<TimelineEntry> entries) {
        this.entries = entries;
        node.getStyleClass().add("timeline");
        entries.addListener(changed);
        refresh();
    }

    public Node node() {
        return node;
    }

    /// Says everything again, after a change of language.
    public void refresh() {
        node.getChildren().setAll(entries.stream().map(TimelineList::line).toList());
    }

    private static Node line(TimelineEntry entry) {
        StackPane dot = new StackPane(Icon.of(CallWords.feather(entry), 14));
        dot.getStyleClass().addAll("timeline-icon", "timeline-" + entry.type());
        Label text = label(CallWords.entry(entry), "timeline-text");
        text.setWrapText(true);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        Label at = label(CallWords.clock(entry.at()), "small", "soft", "number");
        at.setMinWidth(Label.USE_PREF_SIZE);
        HBox line = new HBox(10, dot, text, Nodes.gap(), at);
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    public void close() {
        entries.removeListener(changed);
    }
}
