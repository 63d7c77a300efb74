package org.atelier.plugins.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.atelier.api.Faults;

/**
 * The options of one plugin.
 *
 * @param kind what a user calls its kind: {@code attention}
 * @param plugin its name
 * @param options in the order of its metatype
 */
public record PluginOptions(String kind, String plugin, List<PluginOption> options) {

    /** Makes defensive copies. */
    public PluginOptions {
        options = List.copyOf(options);
    }

    /**
     * Every option by name, with the value that is given, else configured, else preferred, else its default.
     *
     * @param given by the user's names
     * @param configured by the operator, by the plugin's ids
     * @param preferred by the user's names; those of other plugins are passed over
     * @param faults collects unknown options and wrong values
     */
    public Map<String, Object> resolve(
            Map<String, ?> given, Map<String, ?> configured, Map<String, ?> preferred, Faults faults) {
        Map<String, Object> unknown = new TreeMap<>(given);
        Map<String, Object> resolved = new LinkedHashMap<>();
        for (PluginOption option : options) {
            unknown.remove(option.name());
            Object value = given.get(option.name());
            if (value == null) {
                value = configured.get(option.id());
            }
            if (value == null) {
                value = preferred.get(option.name());
            }
            if (value == null) {
                value = option.defaultValue().orElse(null);
            }
            if (value != null) {
                try {
                    resolved.put(option.name(), option.typed(value));
                } catch (IllegalArgumentException e) {
                    faults.add("The " + kind + " option " + e.getMessage());
                }
            }
        }
        unknown.keySet()
                .forEach(name ->
                        faults.add("The %s '%s' has no option '%s'; %s.".formatted(kind, plugin, name, known())));
        return resolved;
    }

    /** Resolved values as the properties of a component. */
    public Map<String, Object> properties(Map<String, Object> resolved) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (PluginOption option : options) {
            Object value = resolved.get(option.name());
            if (value != null) {
                properties.put(option.id(), value);
            }
        }
        return properties;
    }

    private String known() {
        return options.isEmpty()
                ? "it has none"
                : "it has " + options.stream().map(PluginOption::inWords).collect(Collectors.joining(", "));
    }
}
