package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads style cards, without any model. */
@ProviderType
public interface StyleCards {

    /** Whether a file looks like a card, whole or not: an image or a request never does. */
    boolean isCard(Path file);

    /**
     * Reads a card and checks all that is in it.
     *
     * @throws AtelierException if it is none, damaged, or of a later Atelier
     */
    StyleCard read(Path file);
}
