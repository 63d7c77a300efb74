package org.atelier.api.set;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the metadata of an image; needs no model. */
@ProviderType
public interface ImageInspector {

    /**
     * Reads the text chunks of a PNG.
     *
     * @throws AtelierException if the file is not a readable PNG
     */
    ImageOrigin inspect(Path image);
}
