package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.checkpoint.CheckpointFile;

/**
 * The configurations that the model families published, in the distribution. The vocabulary of their tokenizers is that
 * of CLIP, in the hub cache.
 *
 * @param folder contains a folder for each configuration; empty outside a distribution
 */
record PublishedConfigurations(Optional<Path> folder) {

    /** The name of the vocabulary in the table of models. */
    static final String VOCABULARY = "clip-tokenizer";

    private static final String FOLDER = "models-config";

    static PublishedConfigurations in(Optional<Path> home) {
        return new PublishedConfigurations(home.map(path -> path.resolve(FOLDER)));
    }

    /**
     * The folder of the configuration that fits a single file.
     *
     * @throws AtelierException MODEL_INVALID if its sizes are not published
     */
    Path of(CheckpointFile checkpoint) {
        return folder.map(parent -> parent.resolve(checkpoint.publishedConfiguration()))
                .filter(path -> checkpoint.hasPublishedSizes() && Files.isDirectory(path))
                .orElseThrow(() -> new AtelierException(
                        Code.MODEL_INVALID,
                        "%s: this %s has other sizes than the published models; name a model with its configuration with --model-config."
                                .formatted(
                                        checkpoint.file().path(),
                                        checkpoint.architecture().title())));
    }
}
