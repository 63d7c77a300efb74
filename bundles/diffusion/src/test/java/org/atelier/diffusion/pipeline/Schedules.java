package org.atelier.diffusion.pipeline;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Creates tiny models with another scheduler. */
public final class Schedules {

    private Schedules() {}

    /** Copies the tiny model to a folder with other scheduler settings. */
    public static TinyModel tinyModelWith(JsonObject scheduler, Path folder) throws IOException {
        copyTinyModelWith(scheduler, folder);
        return new TinyModel(folder);
    }

    static void copyTinyModelWith(JsonObject scheduler, Path folder) throws IOException {
        Path original = ReferenceTensors.folder().resolve("tiny-sdxl");
        for (Path file : filesIn(original)) {
            Path copy = folder.resolve(original.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        Files.writeString(folder.resolve("scheduler/scheduler_config.json"), scheduler.toString());
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
