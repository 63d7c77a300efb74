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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atelier.api.AtelierException;
import org.atelier.context.weather.FakeServer.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the sources of the key, and that only its service receives it. */
class ApiKeyTest {

    private final FakeServices services = new FakeServices();

    @Test
    void sendsTheKeyToNoOtherServer() throws IOException {
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
                Response.status(401, FakeServices.KEY),
                Response.status(400, FakeServices.KEY),
                Response.ok(FakeServices.KEY),
                Response.ok("{\"" + FakeServices.KEY + "\":1}"),
                new Response(302, Map.of("Location", "nowhere://" + FakeServices.KEY), ""),
                new Response(302, Map.of("Location", "/?appid=" + FakeServices.KEY), ""),
                Response.status(404, FakeServices.KEY),
                Response.ok(Bodies.openWeather(500, "rain for " + FakeServices.KEY, false)))) {
            for (int i = 0; i < 6; i++) {
                told.add(trace(services.failure(server.url(), FakeServices.KEY, "60," + i)));
            }
            told.add(services.weather(server.url(), FakeServices.KEY)
                    .read("60,5", FakeServices.PATIENT)
                    .toString());
            told.add(trace(services.failure(nobody(), FakeServices.KEY, "Bergen")));
            told.add(ApiKey.find(name -> FakeServices.KEY, "").toString());
        } finally {
            okHttp.removeHandler(handler);
            okHttp.setLevel(null);
        }
        assertFalse(String.join("\n", told).contains(FakeServices.KEY), () -> String.join("\n", told));
        assertTrue(told.stream().anyMatch(text -> text.contains("rain for ***")), told::toString);
    }

    @Test
    void readsTheKeyFromAFileReadableByItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), FakeServices.KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(
                FakeServices.KEY,
                ApiKey.find(name -> null, file.toString()).orElseThrow().secret());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        AtelierException fault = assertThrows(AtelierException.class, () -> ApiKey.find(name -> null, file.toString()));
        assertTrue(fault.getMessage().contains("chmod 600"), fault.getMessage());
        assertThrows(
                AtelierException.class,
                () -> ApiKey.find(name -> null, folder.resolve("none").toString()));
    }

    /** A URL without a server. */
    private static String nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort();
        }
    }

    private static String trace(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
