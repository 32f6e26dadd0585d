package dev.patchbay.desktop.controls;

import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/// Makes table columns whose cells reuse one node each, so that scrolling makes nothing new.
public final class Columns {
    private Columns() {}

    /// What a cell shows of its value.
    public interface Face<T> {
        Node node();

        void show(T value);
    }

    /// A column of text.
    ///
    /// @param value the row's value; the same observable for every column of a row is fine
    public static <S, T> TableColumn<S, T> text(
            ObservableValue<String> title,
            double width,
            Function<S, ObservableValue<T>> value,
            Function<T, String> text,
            String... styles) {
        TableColumn<S, T> column = bare(title, width, value);
        column.setCellFactory(_ -> new TableCell<>() {
            {
                getStyleClass().addAll(styles);
            }

            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : text.apply(item));
            }
        });
        return column;
    }

    /// A column of nodes.
    public static <S, T> TableColumn<S, T> faces(
            ObservableValue<String> title,
            double width,
            Function<S, ObservableValue<T>> value,
            Supplier<? extends Face<T>> made,
            String... styles) {
        TableColumn<S, T> column = bare(title, width, value);
        column.setCellFactory(_ -> new TableCell<>() {
            private final Face<T> face = made.get();

            {
                getStyleClass().addAll(styles);
            }

            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                if (empty || item == null) {
                    setGraphic(null);
                } else {
                    face.show(item);
                    setGraphic(face.node());
                }
            }
        });
        return column;
    }

    private static <S, T> TableColumn<S, T> bare(
            ObservableValue<String> title, double width, Function<S, ObservableValue<T>> value) {
        TableColumn<S, T> column = new TableColumn<>();
        column.textProperty().bind(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setCellValueFactory(row -> value.apply(row.getValue()));
        return column;
    }
}
