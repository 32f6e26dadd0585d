package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import dev.patchbay.model.Lead;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Who is on the other side: initials, name, number and what is known.
final class CallerHead {
    private CallerHead() {}

    static List<Node> of(Call call, @Nullable Lead lead, String region) {
        String name = lead == null ? CallWords.name(call) : lead.name();
        Label title = label(name, "caller-name");
        title.setTooltip(new Tooltip(name));
        List<String> known = new ArrayList<>();
        String phone = call.caller().phone();
        if (phone != null) {
            known.add(CallWords.phone(phone, region));
        }
        if (lead != null) {
            known.add(Words.of("softphone.caller.stage", CallWords.stage(lead.stage())));
        } else if (phone == null) {
            known.add(Words.of("softphone.caller.web"));
        }
        Label below = label(String.join(" · ", known), "small", "soft");
        title.setMinWidth(0);
        below.setMinWidth(0);
        VBox text = new VBox(2, title, below);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        Avatar face = new Avatar(40);
        face.name().set(name);
        return List.of(face, text);
    }
}
