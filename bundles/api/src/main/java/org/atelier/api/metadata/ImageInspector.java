package org.atelier.api.metadata;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the metadata of an image; needs no model. */
@ProviderType
public interface ImageInspector {

    /**
     * Reads the texts of a PNG, JPEG or WebP image: text chunks, comments, EXIF and XMP.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if the file is not a readable image
     */
    ImageOrigin inspect(Path image);
}
