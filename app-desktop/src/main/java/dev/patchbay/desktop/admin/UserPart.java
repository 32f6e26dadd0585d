package dev.patchbay.desktop.admin;

import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The users' section, with the import in its place while somebody imports.
final class UserPart implements Part {
    private final SectionView list;
    private final SectionController controller;
    private final Files files;
    private final StackPane place;

    UserPart(SectionController controller, Files files) {
        this.controller = controller;
        this.files = files;
        Button bring = Nodes.button(Words.bind("admin.import"), this::bring);
        bring.setId("import");
        bring.setMinWidth(Region.USE_PREF_SIZE);
        list = new SectionView(controller, new UserTools(controller), List.of(bring));
        place = new StackPane(list);
    }

    private void bring() {
        ImportView view = new ImportView(new ImportController(controller.errands()), files, this::back);
        place.getChildren().setAll(view);
        view.requestFocus();
    }

    private void back() {
        place.getChildren().setAll(list);
        controller.load();
    }

    @Override
    public Node node() {
        return place;
    }

    @Override
    public void onShow() {
        list.onShow();
    }
}
