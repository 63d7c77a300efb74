package org.atelier.attention.record;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import org.atelier.api.AtelierException;

/**
 * A place in an image whose attention is recorded.
 *
 * @param label the word that is shown there, or its coordinates as the user wrote them
 * @param x from 0 (left) to 1
 * @param y from 0 (top) to 1
 */
record Place(String label, double x, double y) {

    /**
     * Parses coordinates.
     *
     * @param text {@code X:Y}
     * @throws AtelierException if it has another form, or a coordinate is not within 0 to 1
     */
    static Place of(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length == 2) {
            try {
                Place place = new Place(text.strip(), Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
                if (place.x >= 0 && place.x <= 1 && place.y >= 0 && place.y <= 1) {
                    return place;
                }
            } catch (NumberFormatException e) {
                throw invalid(text, e);
            }
        }
        throw invalid(text, null);
    }

    private static AtelierException invalid(String text, Exception cause) {
        return new AtelierException(
                INVALID_REQUEST,
                "A point must be X:Y with both from 0 to 1, such as 0.5:0.25, not '%s'.".formatted(text),
                cause);
    }

    /**
     * The place where a map is largest after smoothing over neighbouring tokens, because a map of one step has holes.
     *
     * @param map one value for each token, in rows
     */
    static Place ofLargest(String label, float[] map, int height, int width) {
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < map.length; token++) {
            double smoothed = smoothed(map, Math.floorDiv(token, width), token % width, height, width);
            if (smoothed > largest) {
                largest = smoothed;
                best = token;
            }
        }
        return new Place(label, (best % width + 0.5) / width, (Math.floorDiv(best, width) + 0.5) / height);
    }

    /** The binomial filter of three by three tokens, with 0 beyond the edges. */
    private static double smoothed(float[] map, int row, int column, int height, int width) {
        double sum = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                sum += map[y * width + x] * (2 - Math.abs(y - row)) * (2 - Math.abs(x - column));
            }
        }
        return sum;
    }

    /** The token of a feature map, in rows. */
    int token(int height, int width) {
        int row = (int) Math.min(height - 1, y * height);
        int column = (int) Math.min(width - 1, x * width);
        return row * width + column;
    }
}
