package org.atelier.models.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.models.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    private Path folder;

    private Settings settings(String json) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("config.json"), json));
    }

    @Test
    void readsTypedValues() throws IOException {
        Settings settings = settings("""
                {"count": 3, "rate": 1e-05, "name": "x", "on": true, "sides": [1, 2], "none": null, "names": ["a", "b"],
                 "inner": {"count": 4}}""");

        assertEquals(3, settings.integer("count"));
        assertEquals(1e-5, settings.number("rate"));
        assertEquals(3.0, settings.number("count"));
        assertEquals("x", settings.text("name"));
        assertTrue(settings.flag("on", false));
        assertEquals(List.of(1, 2), settings.integers("sides"));
        assertEquals(List.of(3), settings.integers("count"));
        assertEquals(List.of(1.0, 2.0), settings.numbers("sides"));
        assertEquals(List.of("a", "b"), settings.texts("names"));
        assertEquals(List.of("x"), settings.texts("name"));
        assertEquals(4, settings.object("inner").integer("count"));
        assertTrue(settings.keys().contains("none"));
    }

    @Test
    void nullIsAbsent() throws IOException {
        Settings settings = settings("{\"none\": null}");
        for (String key : List.of("none", "nowhere")) {
            assertFalse(settings.has(key));
            assertEquals(7, settings.integer(key, 7));
            assertEquals(0.5, settings.number(key, 0.5));
            assertEquals("y", settings.text(key, "y"));
            assertTrue(settings.flag(key, true));
            assertTrue(Samples.fault(() -> settings.integer(key)).endsWith("config.json: " + key + " is missing."));
        }
    }

    @Test
    void namesFileKeyAndValueOfAWrongType() throws IOException {
        Settings settings = settings(
                "{\"a\": 1.5, \"b\": \"1\", \"c\": 3000000000, \"d\": [1, \"x\"], \"e\": 1e999999999, \"f\": 1e400}");
        assertTrue(Samples.fault(() -> settings.integer("a")).endsWith("config.json: a = 1.5 must be a whole number."));
        assertTrue(Samples.fault(() -> settings.number("b")).endsWith("b = \"1\" must be a number."));
        assertTrue(Samples.fault(() -> settings.integer("c")).contains("c = 3000000000"));
        assertTrue(Samples.fault(() -> settings.integers("d")).contains("d = [1,\"x\"] must be a whole number"));
        assertTrue(Samples.fault(() -> settings.integer("e")).contains("must be a whole number"));
        assertTrue(Samples.fault(() -> settings.number("f")).contains("must be a number"));
        assertTrue(Samples.fault(() -> settings.flag("a", false)).contains("must be true or false"));
        assertTrue(Samples.fault(() -> settings.text("a")).contains("must be text"));
        assertTrue(Samples.fault(() -> settings.object("a")).contains("must be an object"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 2}}",
                "{'a': 1}",
                "{\"a\": 1} x",
                "{\"a\": 1,}",
                "{\"a\": 1e99999999999}"
            })
    void rejectsAnythingButOneStrictObject(String json) {
        String fault = Samples.fault(() -> settings(json));
        assertTrue(fault.contains("config.json: ") && fault.lines().count() == 1, fault);
    }

    @Test
    void rejectsExcessiveSizes() {
        assertTrue(
                Samples.fault(() -> settings("{\"a\": " + "[".repeat(100_000))).contains("not valid JSON"));
        assertTrue(Samples.fault(() -> settings("{\"a\": " + "9".repeat(1_000) + "}"))
                .contains("more than 64 digits"));
    }

    @Test
    void rejectsInvalidUtf8() throws IOException {
        Path file = Files.write(
                folder.resolve("config.json"), new byte[] {'{', '\n', '"', (byte) 0xc3, '"', ':', '1', '}'});
        assertTrue(Samples.fault(() -> Settings.read(file)).endsWith("line 2 is not UTF-8; save it in UTF-8."));
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        assertEquals(List.of("ä"), List.copyOf(settings("\uFEFF{\"ä\": 1}").keys()));
    }

    private static ConfigValidator supported(Settings settings) {
        return settings.validator()
                .reading("sides", "name")
                .ignoring("dropout")
                .only("act_fn", "silu", "swish")
                .only("only_cross_attention", false)
                .only("factor", 1)
                .only("blocks", "Down", "Up")
                .absent("class_embed_type", "dual");
    }

    @Test
    void acceptsSupportedSettings() throws IOException {
        supported(settings("""
                        {"_class_name": "X", "sides": [1], "dropout": 0.1, "act_fn": "silu", "factor": 1.0, "blocks": ["Up", "Down"],
                         "only_cross_attention": [false, false], "class_embed_type": null, "dual": false,
                         "new_key": null, "newer_key": false, "newest_key": [], "lists": [null, null]}""")).throwIfUnsupported();
        supported(settings("{}")).throwIfUnsupported();
    }

    @Test
    void rejectsAllUnsupportedSettingsByName() throws IOException {
        Settings settings = settings("""
                {"act_fn": "gelu", "factor": 2, "blocks": ["Up", "Side"], "class_embed_type": "timestep", "dual": true,
                 "only_cross_attention": [false, true], "new_key": 3}""");
        String fault = Samples.fault(() -> supported(settings).throwIfUnsupported());

        assertEquals(8, fault.lines().count(), fault);
        assertTrue(fault.contains("act_fn = \"gelu\" is not supported (supported: \"silu\", \"swish\")"), fault);
        assertTrue(
                fault.contains("class_embed_type = \"timestep\" is not supported (it must be absent, null or false)"),
                fault);
        assertTrue(fault.contains("blocks = [\"Up\",\"Side\"] is not supported"), fault);
        assertTrue(fault.contains("new_key = 3 is not known"), fault);
    }

    @Test
    void rejectsAMissingRequiredSetting() throws IOException {
        settings("{\"linear\": true}").validator().always("linear", true).throwIfUnsupported();

        Settings silent = settings("{}");
        String missing =
                Samples.fault(() -> silent.validator().always("linear", true).throwIfUnsupported());
        assertTrue(missing.contains("linear is missing (supported: true)"), missing);
        Settings other = settings("{\"linear\": false}");
        String refused =
                Samples.fault(() -> other.validator().always("linear", true).throwIfUnsupported());
        assertTrue(refused.contains("linear = false is not supported (supported: true)"), refused);
    }

    /** diffusers writes {@code "lambda_min_clipped": -Infinity} into the scheduler of every DPM-Solver model. */
    @ParameterizedTest
    @CsvSource({"-Infinity, -Infinity", "Infinity, Infinity", "NaN, NaN"})
    void readsNonFiniteNumbersOfPython(String literal, double number) throws IOException {
        Settings settings =
                settings("{\"a\": " + literal + ", \"b\": \"Infinity, \\\"NaN\", \"c\": [1, " + literal + "]}");

        assertEquals(number, settings.json("a").getAsDouble());
        assertEquals("Infinity, \"NaN", settings.text("b"));
        assertEquals(number, settings.json("c").getAsJsonArray().get(1).getAsDouble());
        assertTrue(Samples.fault(() -> settings.number("a")).endsWith("must be a number."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{Infinity: 1}",
                "{\"a\": +Infinity}",
                "{\"a\": -NaN}",
                "{\"a\": infinity}",
                "{\"a\": 1Infinity}",
                "{\"a\": Infinityx}",
                "{\"a\": nan}",
                "{\"a\": \"b\" NaN}",
                "NaN"
            })
    void rejectsOtherLiterals(String json) {
        String fault = Samples.fault(() -> settings(json));
        assertTrue(fault.contains("config.json: ") && fault.lines().count() == 1, fault);
    }
}
