package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;

/** The folder of an evaluation: empty at the start, later with the sets' folders, the report, its table and the record. */
record ReportFolder(Path path) {

    static final String REPORT = "report.html";
    static final String TABLE = "findings.csv";
    static final String RECORD = "evaluation.json";

    /** @param faults collects a fault if the folder is not empty */
    void check(Faults faults) {
        try {
            if (Files.exists(path) && !isEmpty(path)) {
                faults.add(new AtelierException(
                        OUTPUT_UNWRITABLE, "%s is not empty; choose another folder or empty it.".formatted(path)));
            }
        } catch (IOException e) {
            faults.add(unwritable(path, e));
        }
    }

    /** The folder of one set: {@code seed-1/aligned}. */
    Path set(long seed, String variant) {
        return path.resolve("seed-" + seed).resolve(variant);
    }

    /** Writes a file atomically: to a temporary file, which is forced to disk and then renamed. */
    Path write(String name, String text) {
        Path temporary = path.resolve(name + ".part");
        Path file = path.resolve(name);
        try {
            try {
                force(temporary, text.getBytes(StandardCharsets.UTF_8));
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void force(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        return new AtelierException(OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, reason), reason);
    }
}
