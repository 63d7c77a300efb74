package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ContextText;
import org.atelier.context.weather.FakeServer.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which service is used for a place, and the resulting text. */
class WeatherTest {

    private final FakeServices services = new FakeServices();

    @Test
    void usesOpenWeatherIfThereIsAKey() throws IOException {
        try (FakeServer server =
                new FakeServer(Response.ok(Bodies.BERGEN), Response.ok(Bodies.openWeather(500, "light rain", false)))) {
            ContextText words =
                    services.weather(server.url(), FakeServices.KEY).read("Bergen,NO", FakeServices.PATIENT);
            assertEquals("rain", words.text());
            assertEquals("OpenWeather", words.origin());
            assertEquals(
                    List.of(
                            "place: Bergen, NO (60.39, 5.33)",
                            "condition: light rain",
                            "light: day",
                            "temperature: 7.2 °C",
                            "feels like: 4.1 °C",
                            "humidity: 93 %",
                            "clouds: 75 %",
                            "wind: 5.1 m/s"),
                    words.parts().stream()
                            .map(part -> part.name() + ": " + part.text())
                            .toList());
            assertEquals(
                    List.of(
                            "/geo/1.0/direct?q=Bergen%2CNO&limit=1&appid=" + FakeServices.KEY,
                            "/data/2.5/weather?lat=60.39&lon=5.33&units=metric&lang=en&appid=" + FakeServices.KEY),
                    server.asked());
        }
    }

    @Test
    void usesOpenMeteoIfThereIsNoKey() throws IOException {
        try (FakeServer server =
                new FakeServer(Response.ok(Bodies.BERGENS), Response.ok(Bodies.openMeteo(71, false)))) {
            ContextText words = services.weather(server.url(), null).read("Bergen, NO", FakeServices.PATIENT);
            assertEquals("snow", words.text());
            assertEquals("Open-Meteo.com (CC BY 4.0)", words.origin());
            assertEquals("Bergen, NO (60.39, 5.32)", words.parts().get(0).text());
            assertEquals("-1.5 °C", words.parts().get(3).text());
            assertTrue(
                    server.asked().get(0).startsWith("/v1/search?name=Bergen&count="),
                    server.asked().get(0));
            assertTrue(server.asked().get(1).startsWith("/v1/forecast?latitude=60.39&longitude=5.32&current="));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                FakeServices.KEY + "|200|[]",
                FakeServices.KEY + "|404|{\"cod\":\"404\",\"message\":\"city not found\"}",
                "|200|{\"generationtime_ms\":0.5}"
            })
    void reportsAnUnknownTown(String key, int status, String body) throws IOException {
        try (FakeServer server = new FakeServer(Response.status(status, body))) {
            AtelierException fault = services.failure(server.url(), key, "Atlantis,NO");
            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
            assertTrue(fault.getMessage().contains("does not know the place 'Atlantis,NO'"), fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Welcome to the hotel's network</html>",
                "{\"current\":{}}",
                "[]",
                "",
                "{\"current\":{\"is_day\":1,\"weather_code\":\"rain\",\"temperature_2m\":1}}"
            })
    void rejectsAnUnexpectedResponse(String body) throws IOException {
        try (FakeServer server = new FakeServer(Response.ok(body))) {
            AtelierException fault = services.failure(server.url(), null, "60,5");
            assertTrue(fault.getMessage().startsWith("Open-Meteo returned an unexpected response: "));
            assertEquals(1, fault.getMessage().lines().count());
        }
    }

    @Test
    void followsARedirect() throws IOException {
        try (FakeServer moved = new FakeServer(Response.ok(Bodies.openMeteo(0, true)));
                FakeServer server = new FakeServer(
                        new Response(301, Map.of("Location", moved.url() + "/v1/forecast?latitude=60"), ""))) {
            assertEquals(
                    "clear night",
                    services.weather(server.url(), null)
                            .read("60,5", FakeServices.PATIENT)
                            .text());
        }
    }

    @Test
    void cachesAResponseForTenMinutes() throws IOException {
        try (FakeServer server =
                new FakeServer(Response.ok(Bodies.openMeteo(0, false)), Response.ok(Bodies.openMeteo(61, false)))) {
            Weather weather = services.weather(server.url(), null);
            assertEquals(
                    "sun", weather.read("60.394,5.324", FakeServices.PATIENT).text());
            services.pass(Duration.ofSeconds(599));
            assertEquals(
                    "sun", weather.read("60.386,5.316", FakeServices.PATIENT).text(), "a few hundred metres away");
            services.pass(Duration.ofSeconds(1));
            assertEquals(
                    "rain", weather.read("60.394,5.324", FakeServices.PATIENT).text());
            assertEquals(2, server.asked().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "91,0", "0,181", "Bergen,,NO", "123", ",", "Ber\u0000gen"})
    void rejectsAnInvalidPlaceWithoutARequest(String input) {
        Weather weather = services.weather("http://127.0.0.1:1", null);
        AtelierException fault = assertThrows(AtelierException.class, () -> weather.check(input));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bergen,NO", "60.39,5.32", "-33.9, 18.4", "L'Aquila", "São Paulo,BR", "東京"})
    void acceptsTownsAndCoordinates(String input) {
        services.weather("http://127.0.0.1:1", null).check(input);
    }
}
