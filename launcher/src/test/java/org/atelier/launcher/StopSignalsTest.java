package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

@Timeout(60)
class StopSignalsTest {

    private final List<Signal> signals = List.of(new Signal("INT"), new Signal("TERM"), new Signal("HUP"));
    private final List<SignalHandler> before =
            signals.stream().map(signal -> Signal.handle(signal, ignored -> {})).toList();
    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();

    @AfterEach
    void restore() {
        for (int i = 0; i < before.size(); i++) {
            Signal.handle(signals.get(i), before.get(i));
        }
    }

    @Test
    void keepsTheExitCodeWithoutASignal() {
        StopSignals stop = new StopSignals(() -> {}, exits::add);

        assertFalse(stop.isReceived());
        assertEquals(3, stop.exitCode(3));
    }

    @Test
    void stopsOnceAndExitsWithTheNumberOfTheFirstSignal() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        StopSignals stop = new StopSignals(
                () -> {
                    asked.countDown();
                    mayEnd.await();
                },
                exits::add);
        stop.handle();

        Signal.raise(new Signal("TERM"));
        asked.await();
        Signal.raise(new Signal("INT"));
        assertTrue(stop.isReceived());
        assertTrue(exits.isEmpty());
        mayEnd.countDown();

        assertEquals(143, exits.poll(30, TimeUnit.SECONDS));
        assertEquals(143, stop.exitCode(0));
        assertTrue(exits.isEmpty());
    }

    /** Without the handlers, the JVM shuts down while the command still works, and refuses to load anything. */
    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129"})
    void theJvmShutsDownAfterTheLastBundle(String signal, int code, @TempDir Path home) throws Exception {
        new BundleFile("server.endpoint", LoadsAtItsStop.class).writeTo(home.resolve("bundle/30"));
        Process process = launcher(home);
        try {
            while (Files.notExists(home.resolve("running.txt"))) {
                assertTrue(process.isAlive(), "it did not start");
                Thread.onSpinWait();
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertTrue(Files.exists(home.resolve("loaded.txt")));
            assertEquals(code, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** With the default signal handlers: what runs the tests may ignore a signal, as nohup does, and a child inherits that. */
    private static Process launcher(Path home) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.exists(Path.of("/proc/self/status"))) {
            command.addAll(List.of("env", "--default-signal=INT", "--default-signal=HUP"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Launcher.HOME + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
