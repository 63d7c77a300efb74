package org.atelier.api.set;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.Path;
import org.atelier.api.AtelierException;

/**
 * Where a set is written, and which of its images.
 *
 * @param folder for its images; created if missing, must not contain files of an earlier set
 * @param styleCard path of the style card to write, in an existing folder; {@code null} for none
 * @param only the images to generate, a slice of the set; {@code null} for the whole set. A slice has no contact sheet and
 *     no style card; {@link SetAssembler} joins slices to the whole set
 */
public record SetOutput(Path folder, Path styleCard, ImageSelection only) {

    /** An output of a whole set. */
    public SetOutput(Path folder, Path styleCard) {
        this(folder, styleCard, null);
    }

    /** An output without a style card. */
    public static SetOutput to(Path folder) {
        return new SetOutput(folder, null);
    }

    /**
     * Refuses a slice where whole sets are generated only, such as in a queue.
     *
     * @throws AtelierException {@code INVALID_REQUEST}
     */
    public void requireWhole() {
        if (only != null) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A queue generates whole sets; omit the selection of images, or generate the slice without a queue.");
        }
    }

    /** An output of some images of a set. */
    public static SetOutput slice(Path folder, ImageSelection only) {
        return new SetOutput(folder, null, only);
    }
}
