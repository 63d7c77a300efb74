package org.atelier.plugins.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.plugins.FakeAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.metatype.AttributeDefinition;

class PluginOptionsTest {

    private final PluginOptions options = new PluginOptions(
            "attention",
            "shared",
            List.of(
                    option(FakeAttribute.of("adainQueries", AttributeDefinition.BOOLEAN, "true"), "", ""),
                    option(FakeAttribute.of("scoreScale", AttributeDefinition.DOUBLE, "1.0"), "", ""),
                    option(limited("level", AttributeDefinition.DOUBLE), "0", "1.0"),
                    option(FakeAttribute.of("firstLayer", AttributeDefinition.INTEGER, null), "", ""),
                    option(FakeAttribute.list("blocks", AttributeDefinition.STRING, "all"), "", ""),
                    option(FakeAttribute.list("resolutions", AttributeDefinition.INTEGER, ""), "", "")));

    private static PluginOption option(FakeAttribute attribute, String least, String most) {
        return new PluginOption(attribute, () -> new OptionDeclaration(least, most, ""));
    }

    /** An option that accepts nothing but 0.x. */
    private static FakeAttribute limited(String id, int type) {
        return new FakeAttribute(id, type, 0, "0.0", value -> value.startsWith("0.") ? "" : "out of bounds");
    }

    private final Faults faults = new Faults();

    @Test
    void resolvesDefaultsWithTheirTypes() {
        assertEquals(
                Map.of("adain-queries", true, "score-scale", 1.0, "level", 0.0, "blocks", List.of("all")),
                options.resolve(Map.of(), Map.of(), Map.of(), faults));
        assertDoesNotThrow(faults::throwIfAny);
    }

    @Test
    void prefersGivenOverConfiguredOverPreferredOverDefaultValues() {
        Map<String, Object> resolved = options.resolve(
                Map.of("score-scale", 2L, "first-layer", "3"),
                Map.of("scoreScale", "9", "level", "0.5"),
                Map.of("score-scale", 7.0, "level", 0.7, "blocks", List.of("mid"), "glitter", true),
                faults);

        assertEquals(2.0, resolved.get("score-scale"));
        assertEquals(0.5, resolved.get("level"));
        assertEquals(3L, resolved.get("first-layer"));
        assertEquals(List.of("mid"), resolved.get("blocks"), "what a kind of set prefers comes before the author");
        assertDoesNotThrow(faults::throwIfAny);
    }

    @Test
    void changesNothingWhenResolvedTwice() {
        Map<String, Object> once = options.resolve(Map.of("adain-queries", "FALSE"), Map.of(), Map.of(), faults);

        assertEquals(once, options.resolve(once, Map.of("level", "0.7"), Map.of(), faults));
    }

    @Test
    void convertsOptionNamesToMetatypeIds() {
        assertEquals(
                Map.of("adainQueries", false, "scoreScale", 1.5),
                options.properties(Map.of("adain-queries", false, "score-scale", 1.5)));
    }

    @Test
    void acceptsAListAnArrayOrACommaSeparatedString() {
        Map<String, Object> resolved = options.resolve(
                Map.of("blocks", "down1, up0", "resolutions", List.of(16L, "32")), Map.of(), Map.of(), faults);

        assertEquals(List.of("down1", "up0"), resolved.get("blocks"));
        assertEquals(List.of(16L, 32L), resolved.get("resolutions"));
        assertEquals(
                List.of("mid"),
                options.resolve(Map.of(), Map.of("blocks", new String[] {"mid"}), Map.of(), faults)
                        .get("blocks"));
        assertEquals(resolved, options.resolve(resolved, Map.of(), Map.of(), faults));
        assertEquals(resolved.get("resolutions"), options.properties(resolved).get("resolutions"));
        assertDoesNotThrow(faults::throwIfAny);
    }

    @Test
    void rejectsAListForASingleValue() {
        options.resolve(Map.of("level", List.of(1L)), Map.of(), Map.of(), faults);

        assertEquals(
                "The option level of the attention 'shared' must be a number, not '[1]'.",
                assertThrows(AtelierException.class, faults::throwIfAny).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adain-queries | yes  | The option adain-queries of the attention 'shared' must be true or false, not 'yes'.",
                "score-scale   | much | The option score-scale of the attention 'shared' must be a number, not 'much'.",
                "score-scale   | NaN  | The option score-scale of the attention 'shared' must be a number, not 'NaN'.",
                "resolutions   | 16,x | The option resolutions of the attention 'shared' must be a whole number, not 'x'.",
                "first-layer   | 1.5  | The option first-layer of the attention 'shared' must be a whole number, not '1.5'.",
                "level         | 2    | The option level of the attention 'shared' does not accept '2': out of bounds; it must be 0 to 1.0.",
            })
    void refusesAWrongValue(String name, String value, String expected) {
        options.resolve(Map.of(name, value), Map.of(), Map.of(), faults);

        assertEquals(
                expected,
                assertThrows(AtelierException.class, faults::throwIfAny).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 0  | 1  | ; it must be 0 to 1",
                "3 | 5  | `` | ; it must be at least 5",
                "3 | `` | 4  | ; it must be at most 4",
                "1 | 2  | 4  | ; its length must be 2 to 4",
                "1 | `` | `` | ``",
            },
            quoteCharacter = '`')
    void namesTheBoundsOfARefusedValue(int type, String least, String most, String expected) {
        PluginOption level = option(limited("level", type), least, most);

        assertEquals(
                "does not accept '7': out of bounds" + expected + ".",
                assertThrows(IllegalArgumentException.class, () -> level.typed("7"))
                        .getMessage());
    }

    @Test
    void listsKnownOptionsForAnUnknownOption() {
        options.resolve(Map.of("adainQueries", true), Map.of(), Map.of(), faults);

        assertEquals(
                "The attention 'shared' has no option 'adainQueries'; it has adain-queries (true or false, default true),"
                        + " score-scale (a number, default 1.0), level (a number, default 0.0), first-layer (a whole"
                        + " number), blocks (a string or several, separated by commas, default all), resolutions (a whole"
                        + " number or several, separated by commas).",
                assertThrows(AtelierException.class, faults::throwIfAny).getMessage());
    }
}
