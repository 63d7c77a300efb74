package org.atelier.api.batch;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Generates the sets of a batch, one after the other. */
@ProviderType
public interface BatchRunner {

    /**
     * Resolves every set; generates nothing.
     *
     * @return the same names with resolved requests
     * @throws AtelierException that lists the faults of all sets, one a line, each with the names of its sets
     */
    Batch resolve(Batch batch);

    /**
     * Generates every set into a folder of its name. If the folder has an earlier run of the same batch, that run continues:
     * complete sets are skipped, an interrupted one is resumed, failed ones are tried again, and a set without a seed keeps
     * the random one that it got. A set that fails does not stop the others.
     *
     * @param folder created if missing
     * @throws AtelierException as {@link #resolve}, before any work; {@code OUTPUT_UNWRITABLE} if the folder cannot be
     *     written, another process is generating there, or it has another set of one of the names; {@code CANCELLED} if the
     *     listener cancels: the same call then continues
     */
    BatchResult run(Batch batch, Path folder, BatchListener listener);
}
