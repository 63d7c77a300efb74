package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads style cards; needs no model. */
@ProviderType
public interface StyleCards {

    /** Whether a file looks like a card, complete or not; false for images and request files. */
    boolean isCard(Path file);

    /**
     * Reads a card and checks all of its content.
     *
     * @throws AtelierException if it is not a card, is damaged, or was written by a later version of Atelier
     */
    StyleCard read(Path file);
}
