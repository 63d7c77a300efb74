package org.atelier.studio.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Counts the bytes that this process reads from files, by Java Flight Recorder. */
public final class FileReads implements AutoCloseable {

    private final Recording recording = new Recording();

    public FileReads() {
        recording.enable("jdk.FileRead").withThreshold(Duration.ZERO).withoutStackTrace();
        recording.start();
    }

    /** Returns how often the content of a file was read as a whole, so far. */
    public double times(Path file) throws IOException {
        Path dump = Files.createTempFile("reads", ".jfr");
        try {
            recording.dump(dump);
            long bytes = 0;
            for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
                if (file.toString().equals(event.getString("path"))) {
                    bytes += Math.max(0, event.getLong("bytesRead"));
                }
            }
            return (double) bytes / Files.size(file);
        } finally {
            Files.delete(dump);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
