package org.atelier.models.library;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelOptions;
import org.atelier.models.source.ModelSource;
import org.osgi.annotation.versioning.ProviderType;

/** Opens models by the name in a request. */
@ProviderType
public interface ModelLibrary {

    /**
     * Opens a model.
     *
     * @param nameOrPath as {@link org.atelier.api.model.ModelFiles#folder} takes it, or a single file
     * @param options the configuration of a single file, and the VAE
     * @throws AtelierException MODEL_NOT_FOUND naming the command that fetches it; MODEL_INVALID with every fault of
     *     the model, one per line
     */
    ModelSource find(String nameOrPath, ModelOptions options);

    /** The absolute path of a model or VAE in a single file; empty for a name or a folder. */
    default Optional<Path> file(String nameOrPath) {
        return Optional.empty();
    }

    /** The names of the models that {@link #find} needs, installed or not; a single file is none of them. */
    default List<String> required(String nameOrPath, ModelOptions options) {
        return List.of(nameOrPath);
    }

    /** As {@link #find(String, ModelOptions)}, without options. */
    default ModelSource find(String nameOrPath) {
        return find(nameOrPath, ModelOptions.DEFAULT);
    }

    /**
     * Finds a LoRA.
     *
     * @param nameOrFile the name of a file in a folder {@code loras} of the models, or the path of a file
     * @return an absolute path
     * @throws AtelierException MODEL_NOT_FOUND naming those that are installed
     */
    Path lora(String nameOrFile);
}
