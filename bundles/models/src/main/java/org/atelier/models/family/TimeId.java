package org.atelier.models.family;

/** A number about an image that a network is given: one of diffusers' {@code add_time_ids}, in pixels. */
public enum TimeId {
    ORIGINAL_HEIGHT,
    ORIGINAL_WIDTH,
    CROP_TOP,
    CROP_LEFT,
    TARGET_HEIGHT,
    TARGET_WIDTH;

    /** That of a whole image of its own size. */
    public float of(int width, int height) {
        return switch (this) {
            case ORIGINAL_HEIGHT, TARGET_HEIGHT -> height;
            case ORIGINAL_WIDTH, TARGET_WIDTH -> width;
            case CROP_TOP, CROP_LEFT -> 0;
        };
    }
}
