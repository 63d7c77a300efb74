package org.atelier.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How strongly a set takes its style, in words for three options of shared attention. */
enum Strength {
    /** A patch of the reference counts half as much as normally, and a quarter of the layers stays plain. */
    subtle(1, -1, 0.25),
    /** What the case's defaults are. */
    normal(1, 0, 0),
    /** A patch of the reference counts twice as much as normally. */
    strong(1, 1, 0),
    /** For a picture that the model knows by heart and would otherwise copy. */
    famous(0.5, Double.NaN, 0);

    private final double scale;
    private final double doublings;
    private final double level;

    /**
     * @param scale of the reference's scores
     * @param doublings of the weight of its patches against the normal; not a number for no shift at all
     * @param level the share of layers that stay plain
     */
    Strength(double scale, double doublings, double level) {
        this.scale = scale;
        this.doublings = doublings;
        this.level = level;
    }

    /** The options by name; with a picture as reference the normal is one doubling already. */
    Map<String, Object> options(boolean pictured) {
        double shift = Double.isNaN(doublings) ? 0 : (doublings + (pictured ? 1 : 0)) * Math.log(2);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("score-scale", scale);
        options.put("score-shift", shift);
        options.put("level", level);
        return options;
    }
}
