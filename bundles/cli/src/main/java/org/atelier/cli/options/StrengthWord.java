package org.atelier.cli.options;

import org.atelier.api.set.Strength;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a strength by its word. */
final class StrengthWord implements ITypeConverter<Strength> {

    @Override
    public Strength convert(String word) {
        return Strength.named(word)
                .orElseThrow(() -> new TypeConversionException(
                        "'%s' is none of %s".formatted(word, String.join(", ", Strength.words()))));
    }
}
