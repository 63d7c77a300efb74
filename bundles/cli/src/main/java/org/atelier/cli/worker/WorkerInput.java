package org.atelier.cli.worker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.atelier.files.IoErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of an input. A thread of its own reads them, since reading from a process cannot be interrupted. */
final class WorkerInput {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerInput.class);

    /** Far more than a request with 10,000 prompts has. */
    private static final int MAX_BYTES = 64 << 20;

    /** Lines that wait for the end of the running command; then the writer waits. */
    private static final int MAX_WAITING = 2;

    private static final long POLL_MILLISECONDS = 100;

    /**
     * A line, or the end.
     *
     * @param text {@code null} for a line that is too long, and for the end
     */
    private record Line(String text, boolean isEnd) {}

    private static final Line END = new Line(null, true);

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>(MAX_WAITING);

    private WorkerInput() {}

    static WorkerInput of(InputStream stream) {
        WorkerInput input = new WorkerInput();
        Thread reader = new Thread(() -> input.read(new BufferedInputStream(stream)), "worker-input");
        reader.setDaemon(true);
        reader.start();
        return input;
    }

    /** Receives lines. */
    interface LineReader {
        /** @param text {@code null} for a line that is too long */
        void read(String text);
    }

    /** Passes each line to a reader until the input ends, or a condition holds. */
    void forEach(LineReader reader, BooleanSupplier ends) throws InterruptedException {
        while (!ends.getAsBoolean()) {
            Line line = lines.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (line != null && line.isEnd()) {
                return;
            }
            if (line != null) {
                reader.read(line.text());
            }
        }
    }

    private void read(InputStream stream) {
        try {
            readLines(stream);
            lines.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLines(InputStream stream) throws InterruptedException {
        try {
            for (int next = stream.read(); next != -1; next = stream.read()) {
                lines.put(new Line(line(next, stream), false));
            }
        } catch (IOException e) {
            LOG.warn("Standard input cannot be read further, as if it had ended: {}", IoErrors.of(e));
        }
    }

    /** Returns the line that starts with a byte; {@code null} if it is too long. */
    private static String line(int first, InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean isTooLong = false;
        for (int next = first; next != -1 && next != '\n'; next = stream.read()) {
            isTooLong |= bytes.size() >= MAX_BYTES;
            if (!isTooLong) {
                bytes.write(next);
            }
        }
        return isTooLong ? null : bytes.toString(StandardCharsets.UTF_8);
    }
}
