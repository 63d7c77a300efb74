package org.atelier.evaluation;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.pictures.SourceImage;

/**
 * An image file to be measured.
 *
 * @param file absolute
 * @param prompt the whole prompt; empty if it is not known
 * @param object the prompt without the style; {@code null} if it is not known
 * @param weight its share among references; 1 for an image of the set
 */
record ImageSource(Path file, String prompt, String object, double weight) {

    /** An image of the set. */
    static ImageSource of(Path file, String prompt, String object) {
        return new ImageSource(file, prompt, object, 1);
    }

    /** A copy of which only the whole prompt is known. */
    ImageSource withPrompt(String text) {
        return new ImageSource(file, text, null, weight);
    }

    /** Itself, to be decoded whenever its pixels are requested. */
    MeasuredImage measured() {
        return new MeasuredImage(this::decode, prompt, object, weight);
    }

    /**
     * Decodes it.
     *
     * @throws org.atelier.api.AtelierException INPUT_UNREADABLE if it is not a valid image
     */
    BufferedImage decode() {
        return SourceImage.open(file).upright();
    }
}
