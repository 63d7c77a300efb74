package org.atelier.api.batch;

import java.nio.file.Path;
import org.atelier.api.AtelierException;

/**
 * How one set of a batch ended.
 *
 * @param name of the set
 * @param folder of the set
 * @param images number of its images; 0 if it failed
 * @param code the kind of the fault; {@code null} if the set is complete
 * @param error the fault, one or more sentences; {@code null} if the set is complete
 */
public record BatchOutcome(String name, Path folder, int images, AtelierException.Code code, String error) {

    /** A complete set. */
    public static BatchOutcome complete(String name, Path folder, int images) {
        return new BatchOutcome(name, folder, images, null, null);
    }

    /** A set that failed. */
    public static BatchOutcome failed(String name, Path folder, AtelierException.Code code, String error) {
        return new BatchOutcome(name, folder, 0, code, error);
    }

    /** Whether the set failed. */
    public boolean isFailed() {
        return code != null;
    }
}
