package org.atelier.api.batch;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads campaign files: many sets as YAML or JSON. */
@ProviderType
public interface BatchFormat {

    /**
     * Reads a campaign: explicit sets, and the sets of a matrix of styles, lists of prompts and seeds. File names in it
     * follow the rules of a request file.
     *
     * @return the sets of the matrix first, seeds changing fastest, then the explicit ones; none is resolved
     * @throws AtelierException {@code INPUT_UNREADABLE} with the file, the line and the fault
     */
    Batch read(Path file);
}
