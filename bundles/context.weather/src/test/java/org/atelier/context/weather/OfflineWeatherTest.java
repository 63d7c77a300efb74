package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The weather by name and from a saved report, without a network. */
class OfflineWeatherTest {

    private final ContextSource named = new NamedWeather(FakeServices.phrases());
    private final ContextSource saved = new SavedWeather(FakeServices.phrases());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rain,rain",
        "Rainy weather,rain",
        " SNOW ,snow",
        "clear night,clear night",
        "overcast,clouds",
        "thunderstorm,thunder"
    })
    void takesAWord(String word, String phrase) {
        named.check(word);
        ContextText text = named.read(word, FakeServices.PATIENT);

        assertEquals(phrase, text.text());
        assertEquals("given", text.origin());
        assertEquals(word.strip(), text.parts().get(0).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hail of frogs", "weather"})
    void listsTheWords(String word) {
        AtelierException fault = assertThrows(AtelierException.class, () -> named.check(word));

        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        assertEquals(
                "There is no weather '" + word
                        + "'; give one of sun, clear night, few clouds, clouds, fog, dust, drizzle,"
                        + " rain, sleet, snow, thunder, storm, or write it in --style.",
                fault.getMessage());
    }

    @Test
    void everyNameIsASky() {
        SkyNames.known().forEach(named::check);
    }

    @Test
    void readsAResponseOfOpenWeather() throws IOException {
        ContextText text = readSaved(Bodies.openWeather(601, "snow", true));

        assertEquals("snow", text.text());
        assertEquals("OpenWeather", text.origin());
        assertEquals(List.of("Bergen", "snow", "night"), parts(text));
    }

    @Test
    void readsAResponseOfOpenMeteo() throws IOException {
        ContextText text = readSaved(Bodies.openMeteo(61, false));

        assertEquals("rain", text.text());
        assertEquals("Open-Meteo.com (CC BY 4.0)", text.origin());
        assertEquals(List.of("slight rain", "day"), parts(text));
        assertEquals("rain", readSaved("{\"current\": {\"weather_code\": 63}}").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{rain|it is not JSON",
                "{}|'weather' is missing",
                "{\"weather\": []}|'weather' is empty",
                "{\"weather\": 3}|an array is expected",
                "{\"current\": {}}|'weather_code' is missing",
                "{\"current\": {\"weather_code\": \"x\"}}|a number is expected"
            })
    void saysWhyAFileIsNoReport(String content, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), content);

        AtelierException fault = assertThrows(AtelierException.class, () -> saved.check(file.toString()));

        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        assertTrue(
                fault.getMessage().startsWith(file + " is no weather report: " + why + ". Save "), fault.getMessage());
    }

    @Test
    void refusesAFileThatIsTooLargeOrDeep() throws IOException {
        Path large = Files.writeString(folder.resolve("large.json"), " ".repeat((1 << 20) + 1));
        Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(1 << 19));
        Path missing = folder.resolve("missing.json");

        for (Path file : List.of(large, deep, missing)) {
            assertEquals(
                    AtelierException.Code.INPUT_UNREADABLE,
                    assertThrows(AtelierException.class, () -> saved.check(file.toString()))
                            .code());
        }
    }

    private ContextText readSaved(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), body);
        saved.check(file.toString());
        return saved.read(file.toString(), FakeServices.PATIENT);
    }

    private static List<String> parts(ContextText text) {
        return text.parts().stream().map(ContextText.Part::text).toList();
    }
}
