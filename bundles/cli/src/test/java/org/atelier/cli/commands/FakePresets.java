package org.atelier.cli.commands;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.StrengthPresets;

/** Knows the strength {@code strong} of the attention {@code shared}. */
final class FakePresets implements StrengthPresets {

    @Override
    public List<String> strengths(String attention) {
        return attention.equals("shared") ? List.of("strong") : List.of();
    }

    @Override
    public Map<String, String> options(String attention, String strength, boolean withReferences) {
        return strengths(attention).contains(strength)
                ? new TreeMap<>(Map.of("score-scale", "1.0", "score-shift", withReferences ? "2.0" : "1.0"))
                : Map.of();
    }
}
