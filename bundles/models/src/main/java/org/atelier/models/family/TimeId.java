package org.atelier.models.family;

/** One of the {@code add_time_ids} of diffusers, in pixels. */
public enum TimeId {
    ORIGINAL_HEIGHT,
    ORIGINAL_WIDTH,
    CROP_TOP,
    CROP_LEFT,
    TARGET_HEIGHT,
    TARGET_WIDTH;

    /** The value for an uncropped image of the given size. */
    public float of(int width, int height) {
        return switch (this) {
            case ORIGINAL_HEIGHT, TARGET_HEIGHT -> height;
            case ORIGINAL_WIDTH, TARGET_WIDTH -> width;
            case CROP_TOP, CROP_LEFT -> 0;
        };
    }
}
