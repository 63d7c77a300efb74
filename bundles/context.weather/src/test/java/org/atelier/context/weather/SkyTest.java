package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.context.weather.FakeServer.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the phrase of each code of both services. */
class SkyTest {

    private final FakeServices services = new FakeServices();

    @ParameterizedTest
    @CsvSource({
        "200,thunder,thunder",
        "232,thunder,thunder",
        "300,drizzle,drizzle",
        "321,drizzle,drizzle",
        "500,rain,rain",
        "504,rain,rain",
        "511,rain,rain",
        "520,rain,rain",
        "531,rain,rain",
        "600,snow,snow",
        "602,snow,snow",
        "611,sleet,sleet",
        "612,sleet,sleet",
        "613,sleet,sleet",
        "615,sleet,sleet",
        "616,sleet,sleet",
        "620,snow,snow",
        "622,snow,snow",
        "701,fog,fog",
        "711,dust,dust",
        "721,fog,fog",
        "731,dust,dust",
        "741,fog,fog",
        "751,dust,dust",
        "761,dust,dust",
        "762,dust,dust",
        "771,storm,storm",
        "781,storm,storm",
        "800,sun,clear night",
        "801,few clouds,few clouds at night",
        "802,few clouds,few clouds at night",
        "803,clouds,clouds",
        "804,clouds,clouds"
    })
    void knowsEveryConditionOfOpenWeather(int id, String byDay, String atNight) throws IOException {
        assertEquals(byDay, openWeatherSays(id, false));
        assertEquals(atNight, openWeatherSays(id, true));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                201, 202, 210, 211, 212, 221, 230, 231, 301, 302, 310, 311, 312, 313, 314, 501, 502, 503, 521, 522, 601,
                621
            })
    void mapsOtherConditionsByTheirGroup(int id) throws IOException {
        String group = Map.of(2, "thunder", 3, "drizzle", 5, "rain", 6, "snow").get(id / 100);
        assertEquals(group, openWeatherSays(id, false));
    }

    private String openWeatherSays(int id, boolean night) throws IOException {
        try (FakeServer server = new FakeServer(Response.ok(Bodies.openWeather(id, "some weather", night)))) {
            return services.weather(server.url(), FakeServices.KEY)
                    .read("60.39,5.32", FakeServices.PATIENT)
                    .text();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,sun,clear night",
        "1,few clouds,few clouds at night",
        "2,few clouds,few clouds at night",
        "3,clouds,clouds",
        "45,fog,fog",
        "48,fog,fog",
        "51,drizzle,drizzle",
        "53,drizzle,drizzle",
        "55,drizzle,drizzle",
        "56,drizzle,drizzle",
        "57,drizzle,drizzle",
        "61,rain,rain",
        "63,rain,rain",
        "65,rain,rain",
        "66,rain,rain",
        "67,rain,rain",
        "71,snow,snow",
        "73,snow,snow",
        "75,snow,snow",
        "77,snow,snow",
        "80,rain,rain",
        "81,rain,rain",
        "82,rain,rain",
        "85,snow,snow",
        "86,snow,snow",
        "95,thunder,thunder",
        "96,thunder,thunder",
        "99,thunder,thunder"
    })
    void knowsEveryCodeOfOpenMeteo(int code, String byDay, String atNight) throws IOException {
        try (FakeServer day = new FakeServer(Response.ok(Bodies.openMeteo(code, false)));
                FakeServer night = new FakeServer(Response.ok(Bodies.openMeteo(code, true)))) {
            ContextText words = services.weather(day.url(), null).read("60.39,5.32", FakeServices.PATIENT);
            assertEquals(byDay, words.text());
            assertFalse(words.parts().get(1).text().startsWith("weather code"), "it has words for " + code);
            assertEquals(
                    atNight,
                    services.weather(night.url(), null)
                            .read("60.39,5.32", FakeServices.PATIENT)
                            .text());
        }
    }

    @Test
    void addsNoPhraseForAnUnknownCode() throws IOException {
        try (FakeServer server = new FakeServer(Response.ok(Bodies.openMeteo(42, false)))) {
            ContextText words = services.weather(server.url(), null).read("0,0", FakeServices.PATIENT);
            assertEquals("", words.text());
            assertEquals("weather code 42", words.parts().get(1).text());
        }
    }
}
