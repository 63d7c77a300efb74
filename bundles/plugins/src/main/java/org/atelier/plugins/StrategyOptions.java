package org.atelier.plugins;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.plugins.options.OptionTexts;

/**
 * The options of attention strategies, which differ from those of other plugins in two ways: their defaults depend on
 * where the style comes from, and a strategy that wraps another carries the options of that one.
 *
 * @param strategies that are installed
 */
public record StrategyOptions(PluginRegistry<AttentionStrategy> strategies) {

    /**
     * A strategy's options, each with its value, and those of the strategy that it wraps, if it does.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param fromImage whether style comes from an image, for which some options have other defaults
     * @param faults collects an unknown name, unknown options and wrong values
     */
    public Map<String, Object> resolve(String name, Map<String, Object> given, boolean fromImage, Faults faults) {
        Map<String, Object> properties = strategies.properties(name);
        Map<String, Object> resolved =
                strategies.resolve(name, given, fromImage ? withReferences(properties) : Map.of(), faults);
        if (properties.get(Plugins.WRAPPED) instanceof String of
                && properties.get(Plugins.WRAPPED_OPTIONS) instanceof String options
                && resolved.get(of) instanceof String wrapped
                && isPlain(wrapped)) {
            List<?> texts = resolved.get(options) instanceof List<?> several ? several : List.of();
            Map<String, Object> inner = resolve(wrapped, OptionTexts.read(wrapped, texts, faults), fromImage, faults);
            resolved.put(options, OptionTexts.write(inner));
        }
        return resolved;
    }

    /** Whether it is installed and wraps none; what else a strategy is asked to wrap, it refuses itself. */
    private boolean isPlain(String name) {
        return strategies.names().contains(name) && !strategies.properties(name).containsKey(Plugins.WRAPPED);
    }

    /** By an option's name. */
    private static Map<String, Object> withReferences(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(Plugins.WITH_REFERENCES))
                .collect(Collectors.toMap(
                        property -> property.getKey().substring(Plugins.WITH_REFERENCES.length()),
                        Map.Entry::getValue));
    }
}
