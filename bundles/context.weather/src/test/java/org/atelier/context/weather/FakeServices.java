package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** Weather from local servers, with a clock that the test advances. */
final class FakeServices {

    static final String KEY = "canary0123456789abcdef";
    static final ReadingListener PATIENT = new ReadingListener() {};
    static final RetryPolicy SHORT = new RetryPolicy(
            Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofMillis(500), Duration.ofSeconds(30));

    /** The recorded delays; pauses return immediately. */
    final List<Duration> pauses = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
    }

    AtelierException failure(String url, String key, String place) {
        return assertThrows(AtelierException.class, () -> weather(url, key).read(place, PATIENT));
    }

    Weather weather(String url, String key) {
        return weather(url, key, SHORT, this::noted);
    }

    Weather weather(String url, String key, RetryPolicy policy, Pause pause) {
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
        RetryingHttpClient client = new RetryingHttpClient(policy, pause, () -> .25, clock);
        WeatherClient weatherClient = new WeatherClient(
                new WeatherClient.Addresses(url, url, url),
                () -> ApiKey.find(name -> key, ""),
                Duration.ofMinutes(10),
                clock,
                client);
        return new Weather(weatherClient, phrases());
    }

    /** Uses the name of each sky as its phrase, so that a test can identify it. */
    static SkyPhrases phrases() {
        return new SkyPhrases(Arrays.stream(Sky.values())
                .filter(sky -> sky != Sky.OTHER)
                .collect(Collectors.toMap(
                        Function.identity(),
                        sky -> sky.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
    }

    void noted(Duration duration, ReadingListener listener) {
        pauses.add(duration);
    }
}
