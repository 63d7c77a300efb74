package org.atelier.api.set;

import java.nio.file.Path;

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

    /** An output of some images of a set. */
    public static SetOutput slice(Path folder, ImageSelection only) {
        return new SetOutput(folder, null, only);
    }
}
