package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.shell.Screen;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The rail's entry for administration: a list of what may be administered at the left, one part of it at the right.
public final class AdminScreen implements Screen {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    /// Below this the list becomes one box above the part.
    private static final double NARROW = 700;

    private final Errands errands;
    private final News news;
    private final Files files;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Part> made = new HashMap<>();
    private final StackPane place = new StackPane();
    private final VBox list = new VBox(2);
    private final ComboBox<String> box = new ComboBox<>();
    private final SimpleBooleanProperty wide = new SimpleBooleanProperty(true);
    private @Nullable Node view;
    private String current = "";
    private boolean shown;

    private record Entry(String title, Feather icon, Supplier<Part> maker) {}

    /// @param may what the user may do; parts that need more are left out
    /// @param files where the user's files are chosen
    public AdminScreen(Set<Permission> may, Errands errands, News news, Files files) {
        this.errands = errands;
        this.news = news;
        this.files = files;
        for (Section section : List.of(
                UserSection.section(),
                OfficeSection.section(),
                AgentSection.section(),
                QueueSection.section(),
                NameSections.skills(),
                NameSections.outcomes(),
                NameSections.breakReasons(),
                RoleSection.section(),
                CompanySection.section(),
                AddressSection.section())) {
            if (may.contains(section.needs())) {
                entries.put(section.id(), new Entry(section.words() + "title", section.icon(), () -> part(section)));
            }
        }
        if (may.contains(Permission.AUDIT_VIEW)) {
            entries.put(
                    "audit",
                    new Entry(
                            "admin.audit.title",
                            Feather.BOOK_OPEN,
                            () -> new AuditView(new AuditController(errands), files, news)));
        }
    }

    /// Whether there is anything for this user here.
    public boolean any() {
        return !entries.isEmpty();
    }

    private Part part(Section section) {
        SectionController controller = new SectionController(section, errands, news);
        return switch (section.id()) {
            case "users" -> new UserPart(controller, files);
            case "companies" -> new SectionView(controller, new CompanyLicence(errands, news), List.of());
            default -> new SectionView(controller, null, List.of());
        };
    }

    @Override
    public String id() {
        return "admin";
    }

    @Override
    public String titleKey() {
        return "admin.title";
    }

    @Override
    public Feather icon() {
        return Feather.SLIDERS;
    }

    @Override
    public Node view() {
        if (view == null) {
            view = build();
        }
        return view;
    }

    private Node build() {
        list.getStyleClass().add("admin-list");
        list.setMinWidth(Region.USE_PREF_SIZE);
        list.getChildren().add(label(Words.bind("admin.title"), "title"));
        entries.forEach((id, entry) -> list.getChildren().add(row(id, entry)));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
        box.getItems().setAll(entries.keySet());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable String id) {
                Entry entry = id == null ? null : entries.get(id);
                return entry == null ? "" : Words.of(entry.title());
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        box.accessibleTextProperty().bind(Words.bind("admin.title"));
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().subscribe((_, id) -> {
            if (id != null) {
                open(id);
            }
        });
        place.setMinWidth(0);
        place.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(place, Priority.ALWAYS);
        VBox.setVgrow(place, Priority.ALWAYS);
        HBox both = new HBox(16, list, place);
        VBox.setVgrow(both, Priority.ALWAYS);
        VBox all = new VBox(12, box, both);
        all.getStyleClass().addAll("screen", "admin");
        all.widthProperty().subscribe(width -> wide.set(width.doubleValue() == 0 || width.doubleValue() >= NARROW));
        wide.subscribe(now -> {
            reveal(list, now);
            reveal(box, !now);
        });
        if (current.isEmpty() && !entries.isEmpty()) {
            open(entries.keySet().iterator().next());
        }
        return all;
    }

    private Button row(String id, Entry entry) {
        Button row = button(Words.bind(entry.title()), () -> open(id));
        row.setId("admin-" + id);
        row.getStyleClass().setAll("admin-item");
        row.setGraphic(Icon.of(entry.icon()));
        row.setMaxWidth(Double.MAX_VALUE);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinWidth(Region.USE_PREF_SIZE);
        return row;
    }

    private void keys(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        List<Node> rows =
                new ArrayList<>(list.getChildren().subList(1, list.getChildren().size()));
        for (int i = 0; step != 0 && i < rows.size(); i++) {
            if (rows.get(i).isFocused()) {
                rows.get(Math.clamp(i + step, 0, rows.size() - 1)).requestFocus();
                event.consume();
                return;
            }
        }
    }

    /// Opens a part by its id, such as `users` or `audit`.
    public void open(String id) {
        Entry entry = entries.get(id);
        if (entry == null || id.equals(current)) {
            return;
        }
        current = id;
        Part part = made.computeIfAbsent(id, _ -> entry.maker().get());
        place.getChildren().setAll(part.node());
        list.getChildren()
                .forEach(node -> node.pseudoClassStateChanged(CURRENT, Objects.equals(node.getId(), "admin-" + id)));
        box.setValue(id);
        if (shown) {
            part.onShow();
        }
    }

    @Override
    public void onShow() {
        view();
        shown = true;
        Part part = made.get(current);
        if (part != null) {
            part.onShow();
        }
    }

    @Override
    public void onHide() {
        shown = false;
    }
}
