package org.atelier.onnx;

import java.awt.image.BufferedImage;
import org.atelier.models.json.Settings;
import org.atelier.pictures.Resampling;

/** The size to which a processor resizes an image, by the rules of transformers' CLIP, BLIP and DPT processors. */
final class ImageSize {

    private static final String SIZE = "size";
    private static final String SHORTEST = "shortest_edge";
    private static final int LARGEST = 4096;

    private final int width;
    private final int height;
    private final boolean isShortestEdge;
    private final boolean keepsAspect;
    private final int multiple;

    private ImageSize(int width, int height, boolean isShortestEdge, boolean keepsAspect, int multiple) {
        this.width = width;
        this.height = height;
        this.isShortestEdge = isShortestEdge;
        this.keepsAspect = keepsAspect;
        this.multiple = multiple;
    }

    /** @param settings {@code preprocessor_config.json}; needs no size if it does not resize */
    static ImageSize of(Settings settings) {
        if (!settings.flag("do_resize", true)) {
            return new ImageSize(1, 1, false, false, 1);
        }
        boolean keepsAspect = settings.flag("keep_aspect_ratio", false);
        int multiple = settings.has("ensure_multiple_of") ? side(settings, "ensure_multiple_of") : 1;
        if (!settings.isObject(SIZE)) {
            int side = side(settings, SIZE);
            return isOfClip(settings)
                    ? new ImageSize(side, side, true, false, 1)
                    : new ImageSize(side, side, false, keepsAspect, multiple);
        }
        Settings size = settings.object(SIZE);
        if (size.has(SHORTEST)) {
            int side = side(size, SHORTEST);
            return new ImageSize(side, side, true, false, 1);
        }
        return new ImageSize(side(size, "width"), side(size, "height"), false, keepsAspect, multiple);
    }

    /** A single number is the shorter side for CLIP, and both sides for other processors. */
    private static boolean isOfClip(Settings settings) {
        return settings.text("image_processor_type", settings.text("feature_extractor_type", ""))
                .startsWith("CLIP");
    }

    /** A side in pixels, or the number that sides are multiples of. */
    static int side(Settings settings, String key) {
        int side = settings.integer(key);
        if (side < 1 || side > LARGEST) {
            throw Fault.in(settings.file(), key + " = " + side + " should be from 1 to " + LARGEST + ".");
        }
        return side;
    }

    BufferedImage resize(BufferedImage image, Resampling filter) {
        int fromWidth = image.getWidth();
        int fromHeight = image.getHeight();
        if (isShortestEdge) {
            // The longer side rounds down, as in transformers.
            return fromWidth <= fromHeight
                    ? filter.resize(image, width, (int) ((long) width * fromHeight / fromWidth))
                    : filter.resize(image, (int) ((long) height * fromWidth / fromHeight), height);
        }
        double across = (double) width / fromWidth;
        double down = (double) height / fromHeight;
        if (keepsAspect) {
            // The side that changes less determines the scale.
            across = Math.abs(1 - across) < Math.abs(1 - down) ? across : down;
            down = across;
        }
        return filter.resize(image, rounded(across * fromWidth), rounded(down * fromHeight));
    }

    /** Rounds to the nearest multiple, ties to even, as Python does. */
    private int rounded(double side) {
        return Math.max(multiple, (int) Math.rint(side / multiple) * multiple);
    }
}
