package org.atelier.plugins;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.StrengthPresets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the strengths of the installed attention strategies from the properties of their factories. */
@Component
public final class InstalledStrengthPresets implements StrengthPresets {

    private final PluginRegistry<AttentionStrategy> strategies;

    @Activate
    public InstalledStrengthPresets(@Reference PluginRegistries plugins) {
        this.strategies = plugins.of(PluginKind.ATTENTION);
    }

    @Override
    public List<String> strengths(String attention) {
        return List.copyOf(declared(attention, Plugins.STRENGTH).keySet());
    }

    @Override
    public Map<String, String> options(String attention, String strength, boolean withReferences) {
        Map<String, String> plain = declared(attention, Plugins.STRENGTH).getOrDefault(strength, Map.of());
        return withReferences
                ? declared(attention, Plugins.STRENGTH_WITH_REFERENCES).getOrDefault(strength, plain)
                : plain;
    }

    /** The options of each strength by name. Values not of the form {@code NAME: KEY=VALUE, KEY=VALUE} are ignored. */
    private Map<String, Map<String, String>> declared(String attention, String property) {
        Map<String, Map<String, String>> presets = new LinkedHashMap<>();
        for (String text : texts(strategies.properties(attention).get(property))) {
            int colon = text.indexOf(':');
            if (colon > 0) {
                presets.put(text.substring(0, colon).strip(), optionsOf(text));
            }
        }
        return presets;
    }

    /** A single value is a string, several are an array. */
    private static List<String> texts(Object property) {
        if (property instanceof String[] several) {
            return List.of(several);
        }
        return property instanceof String one ? List.of(one) : List.of();
    }

    /** The options in a preset {@code NAME: KEY=VALUE, KEY=VALUE}. */
    static Map<String, String> optionsOf(String preset) {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(preset.substring(preset.indexOf(':') + 1).split(","))
                .map(text -> text.split("=", 2))
                .filter(option -> option.length == 2)
                .forEach(option -> options.put(option[0].strip(), option[1].strip()));
        return options;
    }
}
