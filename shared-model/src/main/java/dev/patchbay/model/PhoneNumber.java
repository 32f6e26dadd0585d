package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/// A phone number in E.164 (ITU-T E.164): a plus sign and up to fifteen digits.
public record PhoneNumber(@JsonValue String e164) {
    /// @throws IllegalArgumentException when the text is not in E.164 form
    @JsonCreator
    public PhoneNumber {
        if (!e164.matches("\\+[1-9][0-9]{1,14}")) {
            throw new IllegalArgumentException("phone is not an E.164 number");
        }
    }

    /// Reads what a person typed or pasted, in the customs of a country.
    ///
    /// @param region ISO 3166-1 alpha-2, such as `US`
    /// @return empty when it cannot be a phone number
    public static Optional<PhoneNumber> parse(String typed, String region) {
        if (typed.length() > 60) {
            return Optional.empty();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(typed, region);
            if (!numbers.isPossibleNumber(number)) {
                return Optional.empty();
            }
            return Optional.of(new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)));
        } catch (NumberParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The form that people of the region read most easily: national at home, international abroad.
    public String display(String region) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(e164, region);
            boolean home = region.equals(numbers.getRegionCodeForNumber(number));
            return numbers.format(number, home ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return e164;
        }
    }

    @Override
    public String toString() {
        return e164;
    }
}
