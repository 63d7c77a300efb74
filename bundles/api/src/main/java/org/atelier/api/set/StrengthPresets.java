package org.atelier.api.set;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The strengths of attention strategies. Each is a preset, such as {@code subtle}, of several options of a strategy.
 */
@ProviderType
public interface StrengthPresets {

    /** No strengths. */
    StrengthPresets NONE = new StrengthPresets() {
        @Override
        public List<String> strengths(String attention) {
            return List.of();
        }

        @Override
        public Map<String, String> options(String attention, String strength, boolean withReferences) {
            return Map.of();
        }
    };

    /**
     * The names of a strategy's strengths, in its order.
     *
     * @return empty for a strategy that has none or is not installed
     */
    List<String> strengths(String attention);

    /**
     * The options of a strength: the values by name, as a user would write them.
     *
     * @param withReferences whether the set has reference images, for which some strengths have other values
     * @return empty for an unknown strength
     */
    Map<String, String> options(String attention, String strength, boolean withReferences);
}
