package org.atelier.it.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeatherBundleIT {

    private static final String TOWN = """
            {"results":[{"name":"Bergen","latitude":60.39299,"longitude":5.32415,"country_code":"NO"}]}""";
    private static final String RAIN = """
            {"current":{"temperature_2m":6.5,"is_day":1,"weather_code":63,"wind_speed_10m":8.0}}""";

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serveWeather() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/search", exchange -> answer(exchange, TOWN));
        server.createContext("/v1/forecast", exchange -> answer(exchange, RAIN));
        server.start();
        System.setProperty(
                "weather.server", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        System.clearProperty("weather.server");
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        asked.incrementAndGet();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void saysTheWeatherOfAPlaceInTheWordsOfItsConfiguration(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.jetbrains.kotlin.osgi-bundle",
                "com.squareup.okio",
                "com.squareup.okhttp3",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.context.weather")) {
            assertEquals(
                    "rainy weather by Open-Meteo.com (CC BY 4.0); in pouring rain by Open-Meteo.com (CC BY 4.0)",
                    framework.inside(WeatherProbe.class));
            assertEquals(2, asked.get(), "the second set asks no one again");
        }
    }
}
