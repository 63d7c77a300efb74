package org.atelier.models.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** ONNX graphs that encode images, or images and texts, so that metrics can compare them. */
    private static final String METRIC = "metric";

    /** ONNX graphs, for any plugin that names the model. */
    private static final String NETWORK = "network";

    private static final String UNREADABLE = "unreadable";

    /** A VAE in a single file. */
    private static final String VAE = "vae";

    /** A single file that is none of these, such as a ControlNet; why it cannot be used is its fault. */
    private static final String OTHER = "other";

    private static final String CONTROL = "control";

    private static final Map<String, String> BY_CLASS = Map.of("ControlNetModel", CONTROL);

    private static final Map<String, String> BY_MODEL_TYPE =
            Map.of("blip", "caption", "whisper", "speech", "clap", "music", "t5", "summary", "dpt", "depth");

    private static final Set<String> ENCODERS = Set.of("clip", "vit");

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
            return exists(config) ? byConfig(folder, Settings.read(config)) : Optional.empty();
        } catch (AtelierException e) {
            return Optional.of(UNREADABLE);
        }
    }

    /** The kind of a single file. */
    static String ofFile(Path file) {
        try {
            return switch (CheckpointFile.contentOf(SafetensorsFile.open(file))) {
                case LORA -> LORA;
                case VAE -> VAE;
                case CHECKPOINT -> IMAGES;
                case OTHER -> OTHER;
            };
        } catch (AtelierException e) {
            return UNREADABLE;
        }
    }

    /** Whether there is such a file, or a link of that name. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<String> byConfig(Path folder, Settings config) {
        String type = config.text("model_type", "");
        return byClass(config)
                .or(() -> Optional.ofNullable(BY_MODEL_TYPE.get(type)))
                .or(() -> byGraphs(folder, type));
    }

    private static Optional<String> byGraphs(Path folder, String type) {
        return Stream.of(folder, folder.resolve("onnx")).anyMatch(ModelKind::hasGraph)
                ? Optional.of(ENCODERS.contains(type) ? METRIC : NETWORK)
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

    /** Whether a model, as opposed to a LoRA or a file that cannot be used, is of a kind. */
    static boolean isModel(String kind) {
        return !Set.of(LORA, UNREADABLE, OTHER).contains(kind);
    }

    /** What a kind that does not generate images is for; a clause. */
    static String use(String kind) {
        return switch (kind) {
            case CONTROL -> "is a ControlNet; give it with --control-model";
            case LORA -> "is a LoRA; give it with --lora";
            case VAE -> "is a VAE; give it with --vae";
            default -> "is of the kind " + kind + ", which generates no images";
        };
    }
}
