package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads what an image says about how it was made, without any model. */
@ProviderType
public interface ImageInspector {

    /**
     * Reads a PNG's text.
     *
     * @throws AtelierException if the file is no PNG that can be read
     */
    ImageOrigin inspect(Path image);
}
