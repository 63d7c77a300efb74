package org.atelier.models.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.SafetensorsFile;

/** Detects the kind of a model from its files. */
final class ModelKind {

    /** A LoRA file. */
    static final String LORA = "lora";

    /** A model that generates images. */
    static final String IMAGES = "images";

    /** ONNX graphs, for any plugin that names the model. */
    private static final String NETWORK = "network";

    private static final String UNREADABLE = "unreadable";

    /** A VAE in a single file. */
    private static final String VAE = "vae";

    private static final Map<String, String> BY_CLASS = Map.of("ControlNetModel", "control");

    private static final Map<String, String> BY_MODEL_TYPE =
            Map.of("blip", "caption", "whisper", "speech", "clap", "music", "t5", "summary", "dpt", "depth");

    private ModelKind() {}

    /**
     * The kind of the model in a folder; {@link #UNREADABLE} if its configuration cannot be read, as one that a dangling link names; empty if
     * it is unsupported.
     */
    static Optional<String> of(Path folder) {
        try {
            Path index = folder.resolve("model_index.json");
            if (exists(index)) {
                return byClass(Settings.read(index));
            }
            Path config = folder.resolve("config.json");
            return exists(config) ? byConfig(Settings.read(config)).or(() -> byGraphs(folder)) : Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(UNREADABLE);
        }
    }

    /** The kind of a single file; {@link #IMAGES} for one that is of no known kind, whose fault is reported when it is used. */
    static String ofFile(Path file) {
        try {
            return switch (CheckpointFile.contentOf(SafetensorsFile.open(file))) {
                case LORA -> LORA;
                case VAE -> VAE;
                case CHECKPOINT, OTHER -> IMAGES;
            };
        } catch (AtelierException e) {
            return UNREADABLE;
        }
    }

    /** Whether there is such a file, or a link of that name. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<String> byConfig(Settings config) {
        return byClass(config).or(() -> Optional.ofNullable(BY_MODEL_TYPE.get(config.text("model_type", ""))));
    }

    private static Optional<String> byGraphs(Path folder) {
        return Stream.of(folder, folder.resolve("onnx")).anyMatch(ModelKind::hasGraph)
                ? Optional.of(NETWORK)
                : Optional.empty();
    }

    private static boolean hasGraph(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> graphs = Files.newDirectoryStream(folder, "*.onnx")) {
            return graphs.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> byClass(Settings settings) {
        String className = settings.text("_class_name", "");
        return ModelFamilies.withPipeline(className).isEmpty()
                ? Optional.ofNullable(BY_CLASS.get(className))
                : Optional.of(IMAGES);
    }

    static boolean generates(String kind) {
        return kind.equals(IMAGES);
    }
}
