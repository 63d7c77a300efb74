package org.atelier.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.web.sets.ServedAtelier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProtocolErrorTest {

    @TempDir
    private Path data;

    private ServedAtelier atelier;

    @BeforeEach
    void serve() throws Exception {
        atelier = new ServedAtelier(data);
    }

    @AfterEach
    void stop() throws Exception {
        atelier.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/sets/..%2f HTTP/1.1|HOST|400|invalid_request",
                "GET /v1/sets/%2e%2e/x HTTP/1.1|HOST|400|invalid_request",
                "GET /v1/%zz HTTP/1.1|HOST|400|invalid_request",
                "GET /v1/%c3 HTTP/1.1|HOST|400|invalid_request",
                "GET /v1/health HTTP/1.1||400|invalid_request",
                "GET /v1/health HTTP/1.1|HOST CRLF Host: another|400|invalid_request",
                "GET /v1/health|HOST|505|invalid_request",
                "GET /v1/health HTTP/9.9|HOST|505|invalid_request",
                "nonsense||400|invalid_request",
                "GET /v1/health HTTP/1.1|HOST CRLF no colon|400|invalid_request",
                "POST /v1/sets HTTP/1.1|HOST CRLF Content-Length: x|400|invalid_request",
                "GET /v1/health HTTP/1.1|HOST CRLF LONG: x|431|too_large",
                "GET /v1/LONG HTTP/1.1|HOST|414|too_large",
                "GET /other HTTP/1.1|HOST|404|not_found",
                "TRACE /v1/health HTTP/1.1|HOST|405|method_not_allowed"
            })
    void isJson(String line, String headers, int status, String code) throws IOException {
        String sentHeaders = headers == null ? "" : headers.replace(" CRLF ", "\r\n") + "\r\n";
        String request = (line + "\r\n" + sentHeaders + "Connection: close\r\n\r\n")
                .replace("HOST", "Host: 127.0.0.1")
                .replace("LONG", "x".repeat(20_000));

        String answer = sent(request);

        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("Content-Type: application/json"), answer);
        JsonObject error = JsonParser.parseString(answer.substring(answer.indexOf("{")))
                .getAsJsonObject()
                .getAsJsonObject("error");
        assertEquals(code, error.get("code").getAsString());
        assertEquals(1, error.get("message").getAsString().lines().count());
    }

    private String sent(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), atelier.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Connections that are idle, or send single bytes, are closed to free slots for others. */
    @Test
    void closesConnectionsThatSendNoRequest() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * ServedAtelier.MAX_CONNECTIONS; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), atelier.port()));
            }
            Socket drips = idle.get(0);
            drips.setSoTimeout(100);
            long deadline = System.nanoTime() + 20_000_000_000L;
            boolean closed = false;
            while (!closed && System.nanoTime() < deadline) {
                closed = isClosedAfterAByte(drips);
            }

            assertTrue(closed, "the dripping connection is still open");
            assertEquals(200, atelier.get("/health").statusCode());
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private static boolean isClosedAfterAByte(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('G');
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 100, 92", "256, 250, 8", "1024, 150, 256", "9223372036854775807, 0, 256"})
    void leavesDescriptorsForTheSets(long limit, long open, int connections) {
        assertEquals(connections, new FileDescriptors(limit, open).connections());
    }
}
