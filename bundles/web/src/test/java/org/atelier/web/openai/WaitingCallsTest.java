package org.atelier.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.web.calls.PendingCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait for their jobs: how long, how many, and what ends them. */
@Timeout(60)
class WaitingCallsTest {

    private static final String PATH = "/images/generations";

    @TempDir
    private Path data;

    private ServedOpenAi openAi;

    @BeforeEach
    void serve() throws Exception {
        openAi = new ServedOpenAi(data);
    }

    @AfterEach
    void stop() throws Exception {
        openAi.stop();
    }

    /** Jetty would fail a request on whose connection nothing is sent for a minute. */
    @Test
    void waitsLongerThanAConnectionMayBeIdle() throws Exception {
        CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, "{\"prompt\":\"a fox\"}");
        Job job = openAi.submitted();
        ServedOpenAi.await(openAi.atelier::hasConnectionWithoutTimeout);
        openAi.complete(job);

        assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        ServedOpenAi.await(() -> !openAi.atelier.hasConnectionWithoutTimeout());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelsTheJobOfAClientThatHasGone(boolean stream) throws Exception {
        String body = "{\"prompt\":\"a fox\",\"stream\":%s}".formatted(stream);
        try (Socket client = send(body)) {
            Job job = openAi.submitted();
            assertEquals(State.QUEUED, job.state());
            assertFalse(client.isClosed());
        }

        ServedOpenAi.await(() -> openAi.queue().jobs().get(0).state() == State.CANCELLED);
        ServedOpenAi.await(() -> openAi.queue().listeners.isEmpty());
    }

    /** A connection is used again after its response; the end of an earlier wait must not cancel a later job. */
    @Test
    void watchesAConnectionThatIsUsedAgain() throws Exception {
        for (int i = 0; i < 20; i++) {
            int number = i;
            CompletableFuture<HttpResponse<String>> called = openAi.call(PATH, "{\"prompt\":\"a fox\"}");
            ServedOpenAi.await(() -> openAi.queue().jobs().size() > number
                    && !openAi.queue().listeners.isEmpty());
            openAi.complete(openAi.queue().jobs().get(i));
            assertEquals(200, called.get(20, TimeUnit.SECONDS).statusCode());
        }
        assertTrue(openAi.queue().jobs().stream().allMatch(job -> job.state() == State.COMPLETED));
    }

    @Test
    void refusesMoreCallsThanTheLimit() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < PendingCalls.MAX_CALLS; i++) {
                clients.add(send("{\"prompt\":\"a fox\"}"));
                int count = i + 1;
                ServedOpenAi.await(() -> openAi.queue().listeners.size() == count);
            }

            assertEquals(
                    429, openAi.atelier.post(PATH, "{\"prompt\":\"a fox\"}").statusCode());
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        ServedOpenAi.await(() -> openAi.queue().listeners.isEmpty());
    }

    private Socket send(String body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), openAi.atelier.port());
        socket.getOutputStream()
                .write(("POST /v1/images/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + openAi.atelier.token + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
