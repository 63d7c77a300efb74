package org.atelier.it.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code atelier serve} of the distribution as a process. */
final class ServedDistribution {

    private static final Path HOME = Path.of(System.getProperty("atelier.distribution"));
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern PORT = Pattern.compile("\"port\":\\s*(\\d+)");

    private final Process process;
    private final Path data;
    private final int port;

    private ServedDistribution(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param folder for its data and its log
     */
    static ServedDistribution start(Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                HOME.resolve("bin/atelier").toString(), "serve", "--port", "0", "--data", data.toString());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("HF_HUB_CACHE", folder.resolve("hub").toString());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!Files.exists(data.resolve("server.json"))) {
            if (System.nanoTime() > deadline || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The server does not start: " + Files.readString(log));
            }
        }
        Matcher port = PORT.matcher(Files.readString(data.resolve("server.json")));
        if (!port.find()) {
            throw new IllegalStateException("The server announces no port");
        }
        return new ServedDistribution(process, data, Integer.parseInt(port.group(1)));
    }

    /** Returns what clients call the base URL. */
    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    /** Returns what clients call the API key. */
    String key() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    /** Stops it as SIGTERM does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
