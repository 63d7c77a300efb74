package org.atelier.attention.record;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of a feature map, evenly spaced, so that a recording has a limited size whatever the size of the image.
 *
 * @param height rows of the grid
 * @param width columns of the grid
 * @param tokens the tokens, by rows
 */
record Grid(int height, int width, List<Integer> tokens) {

    /** Makes a defensive copy. */
    Grid {
        tokens = List.copyOf(tokens);
    }

    /** Takes every token of a feature map if there are at most {@code most}, else every second, third, … in each direction. */
    static Grid of(int height, int width, int most) {
        int stride = 1;
        while (cells(height, stride) * cells(width, stride) > most) {
            stride++;
        }
        List<Integer> tokens = new ArrayList<>();
        for (int row = stride / 2; row < height; row += stride) {
            for (int column = stride / 2; column < width; column += stride) {
                tokens.add(row * width + column);
            }
        }
        return new Grid(cells(height, stride), cells(width, stride), tokens);
    }

    private static int cells(int side, int stride) {
        return Math.floorDiv(side - stride / 2 - 1, stride) + 1;
    }

    long[] indices() {
        return tokens.stream().mapToLong(Integer::longValue).toArray();
    }
}
