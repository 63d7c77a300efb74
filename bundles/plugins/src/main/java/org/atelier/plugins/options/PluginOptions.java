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
 * @param kind title of its kind: {@code attention}
 * @param plugin its name
 * @param options in the order of its metatype
 */
public record PluginOptions(String kind, String plugin, List<PluginOption> options) {

    /** Makes defensive copies. */
    public PluginOptions {
        options = List.copyOf(options);
    }

    /**
     * Returns every option by name, with the given value, else the configured, else the preferred, else its default.
     *
     * @param given by name
     * @param configured by metatype id
     * @param preferred by name; unknown options are ignored
     * @param faults collects unknown options and invalid values
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
                    faults.add(
                            "The option %s of the %s '%s' %s".formatted(option.name(), kind, plugin, e.getMessage()));
                }
            }
        }
        unknown.keySet()
                .forEach(name ->
                        faults.add("The %s '%s' has no option '%s'; %s.".formatted(kind, plugin, name, known())));
        return resolved;
    }

    /** Whether there is an option of this name. */
    public boolean has(String name) {
        return options.stream().anyMatch(option -> option.name().equals(name));
    }

    /** Converts resolved values to component properties. */
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
                : "it has " + options.stream().map(PluginOption::summary).collect(Collectors.joining(", "));
    }
}
