package org.atelier.models.family;

import java.util.function.IntBinaryOperator;

/** A number about an image that a network is told: one of diffusers' {@code add_time_ids}, in pixels. */
public enum TimeId {
    ORIGINAL_HEIGHT((width, height) -> height),
    ORIGINAL_WIDTH((width, height) -> width),
    CROP_TOP((width, height) -> 0),
    CROP_LEFT((width, height) -> 0),
    TARGET_HEIGHT((width, height) -> height),
    TARGET_WIDTH((width, height) -> width);

    private final IntBinaryOperator ofSize;

    TimeId(IntBinaryOperator ofSize) {
        this.ofSize = ofSize;
    }

    /** That of a whole image of its own size. */
    public float of(int width, int height) {
        return ofSize.applyAsInt(width, height);
    }
}
