package org.atelier.plugins;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.plugins.options.OptionTexts;

/**
 * Resolves the options of attention strategies. They differ from those of other plugins in two ways: their defaults
 * depend on whether there are reference images and panoramas, and a strategy that wraps another includes the options of that one.
 *
 * @param strategies the installed strategies
 */
public record StrategyOptions(PluginRegistry<AttentionStrategy> strategies) {

    /**
     * Returns all options of a strategy, and those of the strategy that it wraps, if any.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param withReferences whether the set has reference images, for which some options have other defaults
     * @param faults collects an unknown name, unknown options and invalid values
     */
    public Map<String, Object> resolve(String name, Map<String, Object> given, boolean withReferences, Faults faults) {
        return resolve(name, given, withReferences ? List.of(Plugins.WITH_REFERENCES) : List.of(), faults);
    }

    /**
     * Returns all options of a strategy, and those of the strategy that it wraps, if any.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param prefixes the prefixes of the properties with other defaults, such as {@link Plugins#WITH_REFERENCES}; a later
     *     one takes precedence
     * @param faults collects an unknown name, unknown options and invalid values
     */
    public Map<String, Object> resolve(String name, Map<String, Object> given, List<String> prefixes, Faults faults) {
        Map<String, Object> properties = strategies.properties(name);
        Map<String, Object> defaults = new HashMap<>();
        prefixes.forEach(prefix -> defaults.putAll(defaults(properties, prefix)));
        Map<String, Object> resolved = strategies.resolve(name, given, defaults, faults);
        if (properties.get(Plugins.WRAPPED) instanceof String of
                && properties.get(Plugins.WRAPPED_OPTIONS) instanceof String options
                && resolved.get(of) instanceof String wrapped
                && isPlain(wrapped)) {
            List<?> texts = resolved.get(options) instanceof List<?> several ? several : List.of();
            Map<String, Object> inner = resolve(wrapped, OptionTexts.read(wrapped, texts, faults), prefixes, faults);
            resolved.put(options, OptionTexts.write(inner));
        }
        return resolved;
    }

    /** Returns the options that a strategy accepts without effect. */
    public List<UnusedOption> withoutEffect(String name) {
        Object declared = strategies.properties(name).get(Plugins.WITHOUT_EFFECT);
        if (declared instanceof String[] several) {
            return Arrays.stream(several).map(UnusedOption::declared).toList();
        }
        return declared instanceof String option ? List.of(UnusedOption.declared(option)) : List.of();
    }

    /** Whether it is installed and wraps no other. The strategy itself rejects any other value. */
    private boolean isPlain(String name) {
        return strategies.names().contains(name) && !strategies.properties(name).containsKey(Plugins.WRAPPED);
    }

    /** The defaults that properties with a prefix declare, by option name. */
    private static Map<String, Object> defaults(Map<String, Object> properties, String prefix) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        property -> property.getKey().substring(prefix.length()), Map.Entry::getValue));
    }
}
