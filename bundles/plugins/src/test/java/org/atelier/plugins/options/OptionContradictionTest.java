package org.atelier.plugins.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.atelier.plugins.FakeAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.metatype.AttributeDefinition;

class OptionContradictionTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "3 | 5 | 0   | 2    | the default 5 of its option 'brush-size' is above its maximum 2",
                "3 | 1 | 2   | 9    | the default 1 of its option 'brush-size' is below its minimum 2",
                "3 | 5 | 9   | 2    | the minimum 9 of its option 'brush-size' is above its maximum 2",
                "3 | 5 | few | 9    | the minimum 'few' of its option 'brush-size' is not a whole number",
                "3 | 5 | 0.5 | 9    | the minimum '0.5' of its option 'brush-size' is not a whole number",
                "3 | 5 | 0   | many | the maximum 'many' of its option 'brush-size' is not a whole number",
                "3 | x | 0   | 9    | the default 'x' of its option 'brush-size' is not valid: brush-size must be a whole"
                        + " number, not 'x'",
                "7 | 1 | 0   | 0.5  | the default 1 of its option 'brush-size' is above its maximum 0.5",
                "7 | 1 | NaN | 2    | the minimum 'NaN' of its option 'brush-size' is not a number",
                "7 | 1 | 0   | 1e999 | the maximum '1e999' of its option 'brush-size' is not a number",
                "11 | maybe | `` | `` | the default 'maybe' of its option 'brush-size' is not valid: brush-size must be true or"
                        + " false, not 'maybe'",
                "1 | ink | 5 | 2    | the minimum 5 of its option 'brush-size' is above its maximum 2",
                "1 | no  | `` | ``  | the default 'no' of its option 'brush-size' is not valid: brush-size does not accept 'no':"
                        + " never",
                "1 | ink | a | ``   | the minimum 'a' of its option 'brush-size' is not a whole number",
                "3 | 5 | 0   | 9    | none",
                "3 | 9 | 9   | 9    | none",
                "3 | none | 0 | 9   | none",
                "7 | 0.1 | 0 | 1    | none",
                "7 | 1e-3 | `` | 1e3 | none",
                "11 | true | `` | `` | none",
                "1 | a,b | `` | ``  | none",
            })
    void isFoundInTheMetatype(int type, String byDefault, String least, String most, String expected) {
        PluginOption option = new PluginOption(
                new FakeAttribute("brushSize", type, 0, null, value -> value.equals("no") ? "never" : ""),
                () -> new OptionDeclaration(least, most, byDefault == null ? "" : byDefault));

        assertEquals(Optional.ofNullable(expected), option.contradiction());
    }

    @ParameterizedTest
    @CsvSource({"4, none", "'4, 11', the default 11 of its option 'sizes' is above its maximum 10"})
    void isFoundInTheDefaultsOfAList(String byDefault, String expected) {
        PluginOption option = new PluginOption(
                FakeAttribute.list("sizes", AttributeDefinition.INTEGER, null),
                () -> new OptionDeclaration("0", "10", byDefault));

        assertEquals(Optional.of(expected).filter(fault -> !fault.equals("none")), option.contradiction());
    }
}
