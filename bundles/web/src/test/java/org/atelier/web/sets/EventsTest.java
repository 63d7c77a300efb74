package org.atelier.web.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.atelier.api.job.Job;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsTest {

    @TempDir
    private Path data;

    private ServedAtelier atelier;

    @BeforeEach
    void open() throws Exception {
        atelier = new ServedAtelier(data);
        atelier.queue.put(FakeQueue.job("one", Job.State.RUNNING, data));
    }

    @AfterEach
    void close() throws Exception {
        atelier.stop();
    }

    @Test
    void sendsTheJobThenItsChangesAndEndsWithTheJob() throws Exception {
        Iterator<String> lines = atelier.lines("/sets/one/events").iterator();

        assertEquals("id: 1", lines.next());
        assertEquals("event: job", lines.next());
        JsonObject first = data(lines.next());
        assertEquals("running", first.get("status").getAsString());
        assertEquals(
                "[\"a house\",\"a fish\"]",
                first.getAsJsonObject("request").get("items").toString());
        assertEquals("", lines.next());

        atelier.queue.put(at(FakeQueue.job("one", Job.State.RUNNING, data), 2));
        assertEquals("id: 2", lines.next());
        assertEquals("event: job", lines.next());
        JsonObject second = data(lines.next());
        assertEquals(List.of("id", "status", "queue_position", "progress"), List.copyOf(second.keySet()));
        assertEquals(2, second.getAsJsonObject("progress").get("done").getAsInt());
        assertEquals("", lines.next());

        atelier.queue.put(FakeQueue.job("one", Job.State.FAILED, data));
        assertEquals("id: 3", lines.next());
        assertEquals("event: job", lines.next());
        JsonObject last = data(lines.next());
        assertEquals("failed", last.get("status").getAsString());
        assertTrue(last.has("error"));
        assertEquals("", lines.next());
        assertFalse(lines.hasNext());
        await(() -> atelier.queue.listeners.isEmpty());
    }

    @Test
    void endsAtOnceForAnEndedJob() throws Exception {
        atelier.queue.put(FakeQueue.job("two", Job.State.COMPLETED, data));

        assertEquals(4, atelier.lines("/sets/two/events").count());
    }

    @Test
    void returns404ForUnknownJobs() throws Exception {
        assertEquals(404, atelier.get("/sets/three/events").statusCode());
    }

    /** The generating thread never waits for a subscriber, however little it reads. */
    @Test
    void isNotBlockedByASubscriberThatDoesNotRead() throws Exception {
        try (Socket stalled = new Socket(InetAddress.getLoopbackAddress(), atelier.port())) {
            stalled.setReceiveBufferSize(1024);
            sendGet(stalled, "/v1/sets/one/events");
            await(() -> !atelier.queue.listeners.isEmpty());

            for (int i = 0; i < 100_000; i++) {
                atelier.queue.put(at(FakeQueue.job("one", Job.State.RUNNING, data), i));
            }
            Iterator<String> lines = atelier.lines("/sets/one/events").iterator();
            lines.next();
            lines.next();
            assertEquals(
                    99_999,
                    data(lines.next()).getAsJsonObject("progress").get("done").getAsInt());
        }
    }

    @Test
    void removesASubscriberWhoseConnectionIsClosed() throws Exception {
        try (Socket brief = new Socket(InetAddress.getLoopbackAddress(), atelier.port())) {
            sendGet(brief, "/v1/sets/one/events");
            InputStream in = brief.getInputStream();
            assertEquals('H', in.read());
            await(() -> !atelier.queue.listeners.isEmpty());
        }

        await(() -> {
            atelier.queue.put(FakeQueue.job("one", Job.State.RUNNING, data));
            return atelier.queue.listeners.isEmpty();
        });
    }

    @Test
    void sendsPreviewsOnRequest() throws Exception {
        Iterator<String> lines = atelier.lines("/sets/one/events?previews=true").iterator();
        for (int i = 0; i < 4; i++) {
            lines.next();
        }
        BufferedImage image = new BufferedImage(1024, 512, BufferedImage.TYPE_INT_RGB);
        await(() -> !atelier.queue.listeners.isEmpty());

        atelier.queue.listeners.forEach(listener -> listener.previewed(new Preview(1, 3, 50, () -> image)));

        assertEquals("id: 2", lines.next());
        assertEquals("event: preview", lines.next());
        JsonObject preview = data(lines.next());
        assertEquals(1, preview.get("index").getAsInt());
        byte[] bytes = Base64.getDecoder().decode(preview.get("base64").getAsString());
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(bytes));
        assertEquals(256, shown.getWidth());
        assertEquals(128, shown.getHeight());
    }

    @Test
    void doesNotDecodePreviewsThatNobodyRequested() throws Exception {
        Iterator<String> lines = atelier.lines("/sets/one/events").iterator();
        lines.next();
        await(() -> !atelier.queue.listeners.isEmpty());

        atelier.queue.listeners.forEach(listener -> listener.previewed(new Preview(1, 3, 50, () -> {
            throw new AssertionError("decoded");
        })));
    }

    @Test
    void refusesMoreStreamsThanTheLimit() throws Exception {
        Iterator<String> first = atelier.lines("/sets/one/events").iterator();
        first.next();
        for (int i = 1; i < SseBroadcaster.MAX_STREAMS; i++) {
            atelier.lines("/sets/one/events").iterator().next();
        }

        assertEquals(429, atelier.get("/sets/one/events").statusCode());
    }

    @Test
    void tellsOfAllJobsThenOfThoseInAnotherState() throws Exception {
        Iterator<String> lines = atelier.lines("/events").iterator();
        assertEquals("id: 1", lines.next());
        assertEquals("event: queue", lines.next());
        assertEquals(
                "{\"sets\":[{\"id\":\"one\",\"status\":\"running\",\"client\":\"test\"}],\"removed\":[]}",
                data(lines.next()).toString());
        assertEquals("", lines.next());

        atelier.queue.put(at(FakeQueue.job("one", Job.State.RUNNING, data), 2));
        atelier.queue.put(FakeQueue.job("two", Job.State.QUEUED, data));
        assertEquals("id: 2", lines.next());
        assertEquals("event: queue", lines.next());
        assertEquals(
                "{\"sets\":[{\"id\":\"two\",\"status\":\"queued\",\"client\":\"test\"}],\"removed\":[]}",
                data(lines.next()).toString());
        assertEquals("", lines.next());

        atelier.queue.jobs.remove("one");
        atelier.queue.followers.forEach(Runnable::run);
        lines.next();
        lines.next();
        assertEquals("{\"sets\":[],\"removed\":[\"one\"]}", data(lines.next()).toString());
    }

    @Test
    void boundsTheFollowersOfAllJobsAndForgetsThoseThatHaveGone() throws Exception {
        List<Socket> followers = new ArrayList<>();
        try {
            for (int i = 0; i < SseBroadcaster.MAX_STREAMS; i++) {
                Socket follower = new Socket(InetAddress.getLoopbackAddress(), atelier.port());
                followers.add(follower);
                sendGet(follower, "/v1/events");
                assertEquals('H', follower.getInputStream().read());
            }
            HttpResponse<String> refused = atelier.get("/events");
            assertEquals(429, refused.statusCode());
            assertEquals(
                    "too_many_event_streams",
                    ServedAtelier.error(refused).get("code").getAsString());
        } finally {
            for (Socket follower : followers) {
                follower.close();
            }
        }
        await(() -> {
            boolean runs = atelier.queue.job("one").state() == Job.State.RUNNING;
            atelier.queue.put(FakeQueue.job("one", runs ? Job.State.QUEUED : Job.State.RUNNING, data));
            return atelier.queue.followers.isEmpty();
        });
    }

    @Test
    void closesStreamsWithTheServlet() throws Exception {
        Iterator<String> lines = atelier.lines("/sets/one/events").iterator();
        for (int i = 0; i < 4; i++) {
            lines.next();
        }

        atelier.close();

        assertFalse(lines.hasNext());
    }

    private void sendGet(Socket socket, String path) throws Exception {
        String call = "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n";
        socket.getOutputStream().write(call.formatted(path, atelier.token).getBytes(StandardCharsets.US_ASCII));
    }

    private static JsonObject data(String line) {
        assertTrue(line.startsWith("data: "), line);
        return JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
    }

    private static Job at(Job job, int done) {
        return new Job(
                job.id(),
                job.client(),
                job.state(),
                job.position(),
                job.request(),
                job.output(),
                job.attempts(),
                job.submitted(),
                job.started(),
                job.ended(),
                new Progress(Progress.Phase.GENERATING, done, 100_000),
                job.images(),
                job.notes(),
                job.fault());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "the condition was not met in time");
            Thread.onSpinWait();
        }
    }
}
