package org.atelier.web.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused before their body has arrived. */
@Timeout(60)
class UnreadBodyTest {

    private static final String BODY = "model other";
    private static final String REFUSED = "/v1/styles?name=NOT-A-NAME";

    @TempDir
    private Path data;

    private ServedClients clients;
    private Socket socket;

    @BeforeEach
    void serve() throws Exception {
        clients = new ServedClients(data);
        socket = new Socket(InetAddress.getLoopbackAddress(), clients.atelier.port());
        socket.setSoTimeout(20_000);
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        clients.stop();
    }

    /** The last one needs no token, but has no POST. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/sets", "/v1/styles?name=pop", "/sdapi/v1/txt2img", "/v1/none", "/none", "/v1/health"})
    void saysThatTheConnectionCloses(String path) throws IOException {
        send(head("POST", path, "Host: 127.0.0.1"));

        String head = receivedHead();

        assertTrue(head.matches("(?s)HTTP/1\\.1 40[145] .*"), head);
        assertTrue(head.contains("\r\nConnection: close\r\n"), head);
    }

    @Test
    void keepsTheConnectionOfACallerWhoMaySend() throws IOException {
        send(head("POST", REFUSED, authorised()));
        send(BODY);
        assertKept(receivedHead(), 400);

        send(head("DELETE", "/v1/styles/none", authorised()) + BODY);
        assertKept(receivedHead(), 404);

        send("GET /v1/health HTTP/1.1\r\n" + authorised() + "\r\n\r\n");
        assertTrue(receivedHead().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void doesNotAskForTheBodyOfARefusedRequest() throws IOException {
        send(head("POST", "/v1/sets/none/none", authorised() + "\r\nExpect: 100-continue"));

        String head = receivedHead();

        assertTrue(head.startsWith("HTTP/1.1 404 "), head);
        assertTrue(head.contains("\r\nConnection: close\r\n"), head);
    }

    private String authorised() {
        return "Host: 127.0.0.1\r\nAuthorization: Bearer " + clients.atelier.token;
    }

    private static String head(String method, String path, String headers) {
        return "%s %s HTTP/1.1\r\n%s\r\nContent-Length: %d\r\n\r\n".formatted(method, path, headers, BODY.length());
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertKept(String head, int status) throws IOException {
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        assertFalse(head.contains("Connection: close"), head);
        String length = head.replaceAll("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1");
        int bytes = Integer.parseInt(length);
        assertEquals(bytes, socket.getInputStream().readNBytes(bytes).length);
    }

    /** Returns the status line and the headers of the next response, and leaves its body. */
    private String receivedHead() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            assertTrue(next >= 0, () -> "The server has closed the connection after: " + head);
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
