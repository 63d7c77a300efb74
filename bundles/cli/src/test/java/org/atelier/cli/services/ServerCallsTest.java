package org.atelier.cli.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ServerCallsTest {

    private static final String SERVER = "The server at http://127.0.0.1:1";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void answer() {
        answer.countDown();
    }

    private ServerCalls calls(Duration notice) {
        return new ServerCalls(new Terminal(Path.of("/home"), stream, 0, stream, 0), cancellation, notice);
    }

    @Test
    void returnsTheResultOfAServerThatAnswers() {
        assertEquals("done", calls(Duration.ofMinutes(1)).await(SERVER, () -> "done"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void throwsWhatTheCallThrows() {
        AtelierException fault = new AtelierException(Code.QUEUE_FULL, "Full.");

        assertSame(fault, assertThrows(AtelierException.class, () -> calls(Duration.ZERO)
                .await(SERVER, () -> {
                    throw fault;
                })));
    }

    static Stream<Consumer<Server>> everyCall() {
        return Stream.of(
                server -> server.queue().jobs(),
                server -> server.queue().job("one"),
                server -> server.queue().cancel("one"),
                server -> server.queue().resume("one"),
                server -> server.queue().subscribe("one", job -> {}),
                server -> server.queue()
                        .submit(SetRequest.builder().prompts("a fish").build(), SetOutput.to(Path.of("/set")), "me"),
                server -> server.plugins().plugins(),
                server -> server.doctor().examine());
    }

    /** A suspended server accepts connections, and answers nothing. */
    @ParameterizedTest
    @MethodSource("everyCall")
    void tellsThatTheServerDoesNotAnswerAndEndsOnCancellation(Consumer<Server> call) throws InterruptedException {
        Server suspended = calls(Duration.ZERO).of(suspended());
        Thread user = new Thread(() -> {
            while (err.size() == 0) {
                Thread.onSpinWait();
            }
            try {
                cancellation.request(Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        user.setDaemon(true);
        user.start();

        AtelierException fault = assertThrows(AtelierException.class, () -> call.accept(suspended));

        assertEquals(Code.CANCELLED, fault.code());
        assertTrue(fault.getMessage().startsWith(SERVER + " has not answered"), fault.getMessage());
        assertEquals(
                List.of(SERVER + " has not answered yet; waiting (Ctrl-C ends the wait)."),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private Server suspended() {
        SetQueue queue = (SetQueue) Proxy.newProxyInstance(
                SetQueue.class.getClassLoader(),
                new Class<?>[] {SetQueue.class},
                (proxy, method, arguments) -> silent());
        return new Server(URI.create("http://127.0.0.1:1"), queue, this::silent, this::silent);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T silent() {
        try {
            answer.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
