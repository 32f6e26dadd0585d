package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.desktop.controls.ChipPicker;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.TwoLists;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The control of an input, bound both ways to a draft's value for as long as the draft shows.
final class InputField {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private final List<Subscription> bound = new ArrayList<>();
    private final Field<? extends Region> field;

    /// @param fixed only to be looked at
    InputField(
            Input input,
            String words,
            ObjectProperty<JsonNode> value,
            ObservableMap<String, List<Choice>> choices,
            boolean fixed) {
        ObservableList<Choice> offered = FXCollections.observableArrayList();
        bound.add(offers(input, choices, offered));
        Region control =
                switch (input) {
                    case Input.Line line -> line(line, value);
                    case Input.Count _ -> count(value);
                    case Input.Switch _ -> check(value, words + input.field());
                    case Input.One one -> one(one, value, offered);
                    case Input.Many _ -> many(value, offered, fixed);
                    case Input.People _ -> people(value, offered, words + input.field());
                };
        control.setId("input-" + input.field().replace('.', '-'));
        field = new Field<>(Words.bind(words + input.field()), control);
        String hint = words + input.field() + ".hint";
        if (Words.has(hint) && !fixed) {
            field.hint().bind(Words.bind(hint));
        }
        if (fixed && !(control instanceof ChipPicker)) {
            control.setDisable(true);
        }
    }

    Field<? extends Region> field() {
        return field;
    }

    /// Lets go of the draft.
    void release() {
        bound.forEach(Subscription::unsubscribe);
        bound.clear();
    }

    private static Subscription offers(
            Input input, ObservableMap<String, List<Choice>> choices, ObservableList<Choice> offered) {
        offered.setAll(choices.getOrDefault(input.field(), List.of()));
        javafx.collections.MapChangeListener<String, List<Choice>> changed = change -> {
            if (change.getKey().equals(input.field()) && change.wasAdded()) {
                offered.setAll(change.getValueAdded());
            }
        };
        choices.addListener(changed);
        return () -> choices.removeListener(changed);
    }

    /// Shows the value now and whenever it changes.
    private void follow(ObjectProperty<JsonNode> value, Consumer<JsonNode> show) {
        bound.add(value.subscribe(show));
    }

    private Region line(Input.Line line, ObjectProperty<JsonNode> value) {
        TextField text = line.shape() == Input.Shape.PASSWORD ? new PasswordField() : new TextField();
        follow(value, now -> {
            if (!now.asText("").equals(text.getText())) {
                text.setText(now.asText(""));
            }
        });
        bound.add(text.textProperty().subscribe((_, now) -> value.set(TextNode.valueOf(now == null ? "" : now))));
        return text;
    }

    /// What is no number stays as text, and the draft says so.
    private Region count(ObjectProperty<JsonNode> value) {
        TextField text = new TextField();
        text.setPrefColumnCount(6);
        follow(value, now -> {
            String shown = now.isNull() ? "" : now.asText();
            if (!shown.equals(text.getText().strip())) {
                text.setText(shown);
            }
        });
        bound.add(text.textProperty().subscribe((_, now) -> value.set(number(now == null ? "" : now.strip()))));
        return text;
    }

    private static JsonNode number(String text) {
        if (text.isEmpty()) {
            return NullNode.instance;
        }
        return DIGITS.matcher(text).matches() ? IntNode.valueOf(Integer.parseInt(text)) : TextNode.valueOf(text);
    }

    private Region check(ObjectProperty<JsonNode> value, String words) {
        CheckBox box = new CheckBox();
        box.textProperty().bind(Words.bind(words + ".yes"));
        follow(value, now -> box.setSelected(now.asBoolean()));
        bound.add(box.selectedProperty().subscribe((_, now) -> value.set(BooleanNode.valueOf(now))));
        return box;
    }

    private Region one(Input.One one, ObjectProperty<JsonNode> value, ObservableList<Choice> offered) {
        ComboBox<String> box = new ComboBox<>();
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable String chosen) {
                return chosen == null || chosen.isEmpty() ? Words.of("common.none") : said(chosen, offered);
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        boolean[] filling = {false};
        Runnable fill = () -> {
            filling[0] = true;
            List<String> all = new ArrayList<>();
            if (one.optional()) {
                all.add("");
            }
            offered.forEach(choice -> all.add(choice.value()));
            String now = value.get().isNull() ? "" : value.get().asText();
            if (!all.contains(now) && !now.isEmpty()) {
                all.add(now);
            }
            box.getItems().setAll(all);
            box.setValue(now);
            filling[0] = false;
        };
        follow(value, _ -> fill.run());
        ListChangeListener<Choice> changed = _ -> fill.run();
        offered.addListener(changed);
        bound.add(box.valueProperty().subscribe((_, now) -> {
            if (!filling[0]) {
                value.set(now == null || now.isEmpty() ? NullNode.instance : TextNode.valueOf(now));
            }
        }));
        return box;
    }

    private Region many(ObjectProperty<JsonNode> value, ObservableList<Choice> offered, boolean fixed) {
        ChipPicker chips = new ChipPicker(each -> said(each, offered));
        chips.fixed().set(fixed);
        sets(value, offered, chips.chosen(), chips.offered());
        return chips;
    }

    private Region people(ObjectProperty<JsonNode> value, ObservableList<Choice> offered, String words) {
        TwoLists lists =
                new TwoLists(each -> said(each, offered), Words.bind(words + ".in"), Words.bind(words + ".out"));
        sets(value, offered, lists.chosen(), lists.offered());
        return lists;
    }

    private void sets(
            ObjectProperty<JsonNode> value,
            ObservableList<Choice> offered,
            ObservableList<String> chosen,
            ObservableList<String> known) {
        ListChangeListener<Choice> changed = _ -> {
            known.setAll(offered.stream().map(Choice::value).toList());
            // The words came with the choices: what is chosen is said anew.
            chosen.setAll(List.copyOf(chosen));
        };
        known.setAll(offered.stream().map(Choice::value).toList());
        offered.addListener(changed);
        follow(value, now -> {
            List<String> all = new ArrayList<>();
            now.forEach(each -> all.add(each.asText()));
            if (!all.equals(sorted(chosen))) {
                chosen.setAll(all);
            }
        });
        ListChangeListener<String> picked = _ -> {
            ArrayNode all = Json.MAPPER.createArrayNode();
            sorted(chosen).forEach(all::add);
            value.set(all);
        };
        chosen.addListener(picked);
        bound.add(() -> chosen.removeListener(picked));
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }

    private static String said(String value, List<Choice> choices) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .findFirst()
                .map(choice -> choice.words().getValue())
                .orElse(value);
    }
}
