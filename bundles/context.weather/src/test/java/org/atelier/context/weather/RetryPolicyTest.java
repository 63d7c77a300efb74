package org.atelier.context.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;
import org.atelier.context.weather.FakeServer.Response;
import org.junit.jupiter.api.Test;

/** Tests when and after which delay a request is retried. */
class RetryPolicyTest {

    private final FakeServices services = new FakeServices();

    @Test
    void doesNotRetryIfTheKeyIsRejected() throws IOException {
        try (FakeServer server = new FakeServer(
                Response.status(401, "{\"cod\":401,\"message\":\"Invalid API key " + FakeServices.KEY + "\"}"))) {
            AtelierException fault = services.failure(server.url(), FakeServices.KEY, "Bergen");
            assertTrue(fault.getMessage().contains("rejected the key (status 401)"), fault.getMessage());
            assertEquals(1, server.asked().size());
            assertEquals(List.of(), services.pauses);
        }
    }

    @Test
    void doesNotRetryIfTheRequestIsRejected() throws IOException {
        try (FakeServer server =
                new FakeServer(Response.status(400, "{\"error\":true,\"reason\":\"Latitude out of range\"}"))) {
            AtelierException fault = services.failure(server.url(), null, "60,5");
            assertEquals("Open-Meteo rejected the request (status 400): Latitude out of range.", fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void retriesAfterTheRequestedDelay() throws IOException {
        try (FakeServer server = new FakeServer(
                new Response(429, Map.of("Retry-After", "7"), ""),
                new Response(503, Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:09 GMT"), ""),
                Response.ok(Bodies.openMeteo(0, false)))) {
            assertEquals(
                    "sun",
                    services.weather(server.url(), null)
                            .read("60,5", FakeServices.PATIENT)
                            .text());
            assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(9)), services.pauses);
        }
    }

    @Test
    void doesNotWaitIfRetryAfterIsAnHour() throws IOException {
        try (FakeServer server = new FakeServer(new Response(429, Map.of("Retry-After", "3600"), ""))) {
            AtelierException fault = services.failure(server.url(), null, "60,5");
            assertTrue(fault.getMessage().contains("Retry-After 3600 s"), fault.getMessage());
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void retriesThreeTimesWithGrowingDelays() throws IOException {
        try (FakeServer server = new FakeServer(Response.status(500, "oops"))) {
            AtelierException fault = services.failure(server.url(), null, "60,5");
            assertTrue(fault.getMessage().startsWith("Open-Meteo failed (status 500)."), fault.getMessage());
            assertEquals(AtelierException.Code.SERVICE_UNREACHABLE, fault.code());
            assertEquals(4, server.asked().size());
            assertEquals(
                    List.of(Duration.ofMillis(375), Duration.ofMillis(750), Duration.ofMillis(1500)), services.pauses);
        }
    }

    @Test
    void givesUpOnAHangingConnection() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            RetryPolicy little = new RetryPolicy(
                    Duration.ofMillis(200), Duration.ofMillis(200), 1, Duration.ofMillis(1), Duration.ofSeconds(1));
            Weather weather =
                    services.weather("http://127.0.0.1:" + silent.getLocalPort(), null, little, services::noted);
            AtelierException fault =
                    assertThrows(AtelierException.class, () -> weather.read("60,5", FakeServices.PATIENT));
            assertTrue(fault.getMessage().startsWith("Open-Meteo did not respond within 0.2 s."), fault.getMessage());
            assertEquals(1, services.pauses.size());
        }
    }

    @Test
    void canBeCancelledDuringAHangingCall() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Weather weather = services.weather("http://127.0.0.1:" + silent.getLocalPort(), null);
            AtelierException fault = assertThrows(AtelierException.class, () -> weather.read("60,5", stopsAfter(2)));
            assertEquals(AtelierException.Code.CANCELLED, fault.code());
            assertEquals(List.of(), services.pauses);
        }
    }

    @Test
    void canBeCancelledDuringAPause() throws IOException {
        try (FakeServer server = new FakeServer(new Response(429, Map.of("Retry-After", "30"), ""))) {
            ReadingListener impatient = new ReadingListener() {
                @Override
                public boolean cancelled() {
                    return !server.asked().isEmpty();
                }
            };
            Weather weather = services.weather(server.url(), null, FakeServices.SHORT, new CancellablePause());
            AtelierException fault = assertThrows(AtelierException.class, () -> weather.read("60,5", impatient));
            assertEquals(AtelierException.Code.CANCELLED, fault.code());
        }
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
}
