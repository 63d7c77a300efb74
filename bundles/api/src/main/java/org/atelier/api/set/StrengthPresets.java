package org.atelier.api.set;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The strengths that attention strategies have: each is a preset, a name such as {@code subtle} for several options of one
 * strategy.
 */
@ProviderType
public interface StrengthPresets {

    /** No strategy has any. */
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
     * The names of a strategy's strengths, in its own order.
     *
     * @return empty for a strategy that has none or is not here
     */
    List<String> strengths(String attention);

    /**
     * The options that a strength stands for: the values by name, as a user would write them.
     *
     * @param withReferences whether style comes from reference images, for which some strengths have other values
     * @return empty for a strength that is not there
     */
    Map<String, String> options(String attention, String strength, boolean withReferences);
}
