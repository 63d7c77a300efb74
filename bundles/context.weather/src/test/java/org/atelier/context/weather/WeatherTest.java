package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.atelier.api.context.Words;
import org.atelier.context.weather.FakeServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeatherTest {

    private static final String KEY = "canary0123456789abcdef";
    private static final ReadingListener PATIENT = new ReadingListener() {};
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofMillis(500), Duration.ofSeconds(30));

    /** What is waited for is noted, and over at once. */
    private final List<Duration> pauses = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

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
    void knowsTheRestByItsGroup(int id) throws IOException {
        String group = Map.of(2, "thunder", 3, "drizzle", 5, "rain", 6, "snow").get(id / 100);
        assertEquals(group, openWeatherSays(id, false));
    }

    private String openWeatherSays(int id, boolean night) throws IOException {
        try (FakeServer server = new FakeServer(Answer.ok(Bodies.openWeather(id, "some weather", night)))) {
            return weather(server.url(), KEY).read("60.39,5.32", PATIENT).text();
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
        try (FakeServer day = new FakeServer(Answer.ok(Bodies.openMeteo(code, false)));
                FakeServer night = new FakeServer(Answer.ok(Bodies.openMeteo(code, true)))) {
            Words words = weather(day.url(), null).read("60.39,5.32", PATIENT);
            assertEquals(byDay, words.text());
            assertFalse(words.parts().get(1).text().startsWith("weather code"), "it has words for " + code);
            assertEquals(
                    atNight,
                    weather(night.url(), null).read("60.39,5.32", PATIENT).text());
        }
    }

    @Test
    void saysNothingOfACodeThatItDoesNotKnow() throws IOException {
        try (FakeServer server = new FakeServer(Answer.ok(Bodies.openMeteo(42, false)))) {
            Words words = weather(server.url(), null).read("0,0", PATIENT);
            assertEquals("", words.text());
            assertEquals("weather code 42", words.parts().get(1).text());
        }
    }

    @Test
    void asksOpenWeatherForATownWhereThereIsAKey() throws IOException {
        try (FakeServer server =
                new FakeServer(Answer.ok(Bodies.BERGEN), Answer.ok(Bodies.openWeather(500, "light rain", false)))) {
            Words words = weather(server.url(), KEY).read("Bergen,NO", PATIENT);
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
                            "/geo/1.0/direct?q=Bergen%2CNO&limit=1&appid=" + KEY,
                            "/data/2.5/weather?lat=60.39&lon=5.33&units=metric&lang=en&appid=" + KEY),
                    server.asked());
        }
    }

    @Test
    void asksOpenMeteoForTheTownOfThatCountryWhereThereIsNoKey() throws IOException {
        try (FakeServer server = new FakeServer(Answer.ok(Bodies.BERGENS), Answer.ok(Bodies.openMeteo(71, false)))) {
            Words words = weather(server.url(), null).read("Bergen, NO", PATIENT);
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
                KEY + "|200|[]",
                KEY + "|404|{\"cod\":\"404\",\"message\":\"city not found\"}",
                "|200|{\"generationtime_ms\":0.5}"
            })
    void saysThatATownIsNotKnown(String key, int status, String body) throws IOException {
        try (FakeServer server = new FakeServer(Answer.status(status, body))) {
            AtelierException fault = refused(server.url(), key, "Atlantis,NO");
            assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
            assertTrue(fault.getMessage().contains("knows no place 'Atlantis,NO'"), fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void neverAsksAgainWhenTheKeyIsRefused() throws IOException {
        try (FakeServer server =
                new FakeServer(Answer.status(401, "{\"cod\":401,\"message\":\"Invalid API key " + KEY + "\"}"))) {
            AtelierException fault = refused(server.url(), KEY, "Bergen");
            assertTrue(fault.getMessage().contains("refuses the key (401)"), fault.getMessage());
            assertEquals(1, server.asked().size());
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void neverAsksAgainWhenTheRequestIsRefused() throws IOException {
        try (FakeServer server =
                new FakeServer(Answer.status(400, "{\"error\":true,\"reason\":\"Latitude out of range\"}"))) {
            AtelierException fault = refused(server.url(), null, "60,5");
            assertEquals("Open-Meteo refuses the request (400): Latitude out of range.", fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void comesBackWhenToldTo() throws IOException {
        try (FakeServer server = new FakeServer(
                new Answer(429, Map.of("Retry-After", "7"), ""),
                new Answer(503, Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:09 GMT"), ""),
                Answer.ok(Bodies.openMeteo(0, false)))) {
            assertEquals(
                    "sun", weather(server.url(), null).read("60,5", PATIENT).text());
            assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(9)), pauses);
        }
    }

    @Test
    void doesNotWaitForAnHour() throws IOException {
        try (FakeServer server = new FakeServer(new Answer(429, Map.of("Retry-After", "3600"), ""))) {
            AtelierException fault = refused(server.url(), null, "60,5");
            assertTrue(fault.getMessage().contains("asks to wait 3600 s"), fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void triesThreeTimesMoreEachAfterALongerPause() throws IOException {
        try (FakeServer server = new FakeServer(Answer.status(500, "oops"))) {
            AtelierException fault = refused(server.url(), null, "60,5");
            assertTrue(fault.getMessage().startsWith("Open-Meteo is out of order (500)."), fault.getMessage());
            assertEquals(AtelierException.Code.SERVICE_UNREACHABLE, fault.code());
            assertEquals(4, server.asked().size());
            assertEquals(List.of(Duration.ofMillis(375), Duration.ofMillis(750), Duration.ofMillis(1500)), pauses);
        }
    }

    @Test
    void givesUpOnAConnectionThatHangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Patience little = new Patience(
                    Duration.ofMillis(200), Duration.ofMillis(200), 1, Duration.ofMillis(1), Duration.ofSeconds(1));
            Weather weather = weather("http://127.0.0.1:" + silent.getLocalPort(), null, little, this::noted);
            AtelierException fault = assertThrows(AtelierException.class, () -> weather.read("60,5", PATIENT));
            assertTrue(fault.getMessage().startsWith("Open-Meteo does not answer within 0.2 s."), fault.getMessage());
            assertEquals(1, pauses.size());
        }
    }

    @Test
    void stopsInTheMiddleOfACallThatHangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Weather weather = weather("http://127.0.0.1:" + silent.getLocalPort(), null);
            AtelierException fault = assertThrows(AtelierException.class, () -> weather.read("60,5", stopsAfter(2)));
            assertEquals(AtelierException.Code.CANCELLED, fault.code());
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void stopsInTheMiddleOfAPause() throws IOException {
        try (FakeServer server = new FakeServer(new Answer(429, Map.of("Retry-After", "30"), ""))) {
            ReadingListener impatient = new ReadingListener() {
                @Override
                public boolean cancelled() {
                    return !server.asked().isEmpty();
                }
            };
            Weather weather = weather(server.url(), null, SHORT, new AttentivePause());
            AtelierException fault = assertThrows(AtelierException.class, () -> weather.read("60,5", impatient));
            assertEquals(AtelierException.Code.CANCELLED, fault.code());
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
    void refusesWhatIsNoWeather(String body) throws IOException {
        try (FakeServer server = new FakeServer(Answer.ok(body))) {
            AtelierException fault = refused(server.url(), null, "60,5");
            assertTrue(fault.getMessage().startsWith("Open-Meteo answered what cannot be understood: "));
            assertEquals(1, fault.getMessage().lines().count());
        }
    }

    @Test
    void followsARedirect() throws IOException {
        try (FakeServer moved = new FakeServer(Answer.ok(Bodies.openMeteo(0, true)));
                FakeServer server = new FakeServer(
                        new Answer(301, Map.of("Location", moved.url() + "/v1/forecast?latitude=60"), ""))) {
            assertEquals(
                    "clear night",
                    weather(server.url(), null).read("60,5", PATIENT).text());
        }
    }

    @Test
    void keepsAnAnswerForTenMinutes() throws IOException {
        try (FakeServer server =
                new FakeServer(Answer.ok(Bodies.openMeteo(0, false)), Answer.ok(Bodies.openMeteo(61, false)))) {
            Weather weather = weather(server.url(), null);
            assertEquals("sun", weather.read("60.394,5.324", PATIENT).text());
            now = now.plus(Duration.ofSeconds(599));
            assertEquals("sun", weather.read("60.386,5.316", PATIENT).text(), "a few hundred metres away");
            now = now.plus(Duration.ofSeconds(1));
            assertEquals("rain", weather.read("60.394,5.324", PATIENT).text());
            assertEquals(2, server.asked().size());
        }
    }

    @Test
    void tellsTheKeyToNoOneElse() throws IOException {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(record.getMessage()
                        + List.of(record.getParameters() == null ? new Object[0] : record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger okHttp = Logger.getLogger("okhttp3");
        okHttp.addHandler(handler);
        okHttp.setLevel(Level.ALL);
        try (FakeServer server = new FakeServer(
                Answer.status(401, KEY),
                Answer.status(400, KEY),
                Answer.ok(KEY),
                Answer.ok("{\"" + KEY + "\":1}"),
                new Answer(302, Map.of("Location", "nowhere://" + KEY), ""),
                new Answer(302, Map.of("Location", "/?appid=" + KEY), ""),
                Answer.status(404, KEY),
                Answer.ok(Bodies.openWeather(500, "rain for " + KEY, false)))) {
            for (int i = 0; i < 6; i++) {
                told.add(trace(refused(server.url(), KEY, "60," + i)));
            }
            told.add(weather(server.url(), KEY).read("60,5", PATIENT).toString());
            told.add(trace(refused(nobody(), KEY, "Bergen")));
            told.add(ApiKey.find(name -> KEY, "").toString());
        } finally {
            okHttp.removeHandler(handler);
            okHttp.setLevel(null);
        }
        assertFalse(String.join("\n", told).contains(KEY), () -> String.join("\n", told));
        assertTrue(told.stream().anyMatch(text -> text.contains("rain for ***")), told::toString);
    }

    @Test
    void takesTheKeyFromAFileThatNoOneElseMayRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(
                KEY, ApiKey.find(name -> null, file.toString()).orElseThrow().secret());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        AtelierException fault = assertThrows(AtelierException.class, () -> ApiKey.find(name -> null, file.toString()));
        assertTrue(fault.getMessage().contains("chmod 600"), fault.getMessage());
        assertThrows(
                AtelierException.class,
                () -> ApiKey.find(name -> null, folder.resolve("none").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "91,0", "0,181", "Bergen,,NO", "123", ",", "Ber\u0000gen"})
    void refusesWhatIsNoPlaceBeforeAnyoneIsAsked(String input) {
        Weather weather = weather("http://127.0.0.1:1", null);
        AtelierException fault = assertThrows(AtelierException.class, () -> weather.check(input));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bergen,NO", "60.39,5.32", "-33.9, 18.4", "L'Aquila", "São Paulo,BR", "東京"})
    void takesTownsAndCoordinates(String input) {
        weather("http://127.0.0.1:1", null).check(input);
    }

    private AtelierException refused(String url, String key, String place) {
        return assertThrows(AtelierException.class, () -> weather(url, key).read(place, PATIENT));
    }

    /** An address where no one listens. */
    private static String nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort();
        }
    }

    private Weather weather(String url, String key) {
        return weather(url, key, SHORT, this::noted);
    }

    private Weather weather(String url, String key, Patience patience, Pause pause) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        Calls calls = new Calls(patience, pause, () -> .25, clock);
        WeatherDesk desk = new WeatherDesk(
                new WeatherDesk.Addresses(url, url, url),
                () -> ApiKey.find(name -> key, ""),
                Duration.ofMinutes(10),
                clock,
                calls);
        return new Weather(desk, phrases());
    }

    /** Each sky's own name, so that a test sees which phrase was taken. */
    private static Map<Sky, String> phrases() {
        return Arrays.stream(Sky.values())
                .filter(sky -> sky != Sky.OTHER)
                .collect(Collectors.toMap(
                        Function.identity(),
                        sky -> sky.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    private void noted(Duration duration, ReadingListener listener) {
        pauses.add(duration);
    }

    private static ReadingListener stopsAfter(int questions) {
        return new ReadingListener() {
            private int left = questions;

            @Override
            public boolean cancelled() {
                return left-- == 0;
            }
        };
    }

    private static String trace(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
