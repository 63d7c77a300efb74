package org.atelier.api.model;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Fetches models, and only when asked. */
@ProviderType
public interface ModelHub {

    /**
     * Fetches what is missing of a model into the cache that huggingface_hub uses too. A pull that was cut off continues where it was.
     *
     * @return the model's folder, every file in it of the size and hash that the hub promises
     * @throws AtelierException INVALID_REQUEST when the name is none, or no such variant or number type is there; MODEL_NOT_FOUND when the hub
     *     has no such model or does not let the user have it; MODEL_INVALID when what comes is not what the hub promised; SERVICE_UNREACHABLE;
     *     OUTPUT_UNWRITABLE when the disk is full or cannot be written; CANCELLED
     */
    Path pull(PullRequest request, PullListener listener);

    /** The names of the table in {@code config/models.json}: models that are known to work, here or not. */
    List<KnownModel> known();

    /**
     * Hashes a model's files again. A damaged one is removed, so that the next pull fetches it.
     *
     * @param name as {@link ModelFiles#folder} takes it
     * @return a line for each fault; none where all is well
     * @throws AtelierException MODEL_NOT_FOUND when it is not here; INVALID_REQUEST when it does not come from the hub
     */
    List<String> verify(String name, PullListener listener);
}
