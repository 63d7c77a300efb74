package org.atelier.models.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Detects weights in Python's pickle format, which are never opened: reading one can execute arbitrary code. */
public final class Pickles {

    public static final String REMEDY =
            "A pickle can execute code when it is read, so it is never opened: convert it to safetensors if you trust it "
                    + "(diffusers: save_pretrained(folder, safe_serialization=True)), or fetch the model's safetensors files.";

    private static final Pattern NAME = Pattern.compile(".*\\.(bin|ckpt|pt|pth|pkl)");

    private Pickles() {}

    /** The name of the first pickle in the folder, if any. */
    public static Optional<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .findFirst();
        }
    }
}
