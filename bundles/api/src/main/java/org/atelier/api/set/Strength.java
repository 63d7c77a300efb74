package org.atelier.api.set;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How strongly a picture takes its style, in words for three options of shared attention. */
public enum Strength {
    /** A patch of the reference counts half as much as normally, and a quarter of the layers stays plain. */
    SUBTLE(1, -1, 0.25),
    /** What the case's defaults are. */
    NORMAL(1, 0, 0),
    /** A patch of the reference counts twice as much as normally. */
    STRONG(1, 1, 0),
    /** For a picture that the model knows by heart and would otherwise copy. */
    FAMOUS(0.5, Double.NaN, 0);

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

    /** The strength that a user calls by that word. */
    public static Optional<Strength> named(String word) {
        return Arrays.stream(values())
                .filter(strength -> strength.word().equals(word))
                .findFirst();
    }

    /** The words of all strengths, the weakest first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Strength::word).toList();
    }

    /** What a user calls it: {@code subtle}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The attention's options by name.
     *
     * @param pictured whether the style comes from a picture, where the normal is one doubling already
     */
    public Map<String, Object> options(boolean pictured) {
        double shift = Double.isNaN(doublings) ? 0 : (doublings + (pictured ? 1 : 0)) * Math.log(2);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("score-scale", scale);
        options.put("score-shift", shift);
        options.put("level", level);
        return options;
    }
}
