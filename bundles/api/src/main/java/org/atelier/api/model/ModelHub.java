package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Downloads models on request. */
@ProviderType
public interface ModelHub {

    /**
     * Downloads the missing files of a model into the cache that huggingface_hub also uses. An interrupted download
     * resumes where it stopped.
     *
     * @return the model's folder, or its file if it is a single one; all its files have the size and hash that the hub states
     * @throws AtelierException INVALID_REQUEST if the name is invalid, or the model has no such variant or data type;
     *     MODEL_NOT_FOUND if the hub has no such model or denies access; MODEL_INVALID if a file does not have the
     *     stated size or hash; SERVICE_UNREACHABLE; OUTPUT_UNWRITABLE if the disk is full or cannot be written;
     *     CANCELLED
     */
    Path pull(PullRequest request, PullListener listener);

    /** The models listed in {@code config/models.json}, which are known to work, installed or not. */
    List<KnownModel> known();

    /**
     * Verifies the hashes of a model's files. A damaged file is removed, so that the next pull downloads it again.
     *
     * @param name as for {@link ModelFiles#folder}
     * @return a line for each fault; empty if there is none
     * @throws AtelierException MODEL_NOT_FOUND if it is not installed; INVALID_REQUEST if it is not from the hub
     */
    List<String> verify(String name, PullListener listener);
}
