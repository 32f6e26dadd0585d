package dev.patchbay.desktop.softphone.view;

import dev.patchbay.model.PhoneNumber;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Reads what is typed or pasted into the dial pad. JavaFX thread only.
public final class DialModel {
    /// What has been typed, as far as dialling goes.
    public sealed interface Reading {
        record Empty() implements Reading {}

        /// Might become a number with more digits.
        record TooShort() implements Reading {}

        record NoNumber() implements Reading {}

        record Number(PhoneNumber number) implements Reading {}
    }

    private static final int SHORTEST = 3;

    private final String region;
    private final StringProperty typed = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Reading> reading = new ReadOnlyObjectWrapper<>(new Reading.Empty());
    private final BooleanProperty carrier = new SimpleBooleanProperty();

    /// @param region ISO 3166-1 alpha-2, in whose customs numbers without a country code are read
    public DialModel(String region) {
        this.region = region;
        typed.addListener((_, _, now) -> reading.set(read(now)));
    }

    public StringProperty typedProperty() {
        return typed;
    }

    public ReadOnlyObjectProperty<Reading> readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /// Whether a carrier is set up that can reach phone numbers.
    public BooleanProperty carrierProperty() {
        return carrier;
    }

    public String region() {
        return region;
    }

    private Reading read(String text) {
        if (text.isBlank()) {
            return new Reading.Empty();
        }
        Optional<PhoneNumber> number = PhoneNumber.parse(text.strip(), region);
        if (number.isPresent()) {
            return new Reading.Number(number.get());
        }
        boolean plain = text.chars().allMatch(c -> Character.isDigit(c) || " +-/().\u00a0".indexOf(c) >= 0);
        long digits = text.chars().filter(Character::isDigit).count();
        return plain && digits < SHORTEST + 4 ? new Reading.TooShort() : new Reading.NoNumber();
    }
}
