package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * The options that a wrapped strategy takes.
 *
 * @param strategy its name
 * @param definitions as its metatype describes them
 */
record WrappedOptions(String strategy, List<AttributeDefinition> definitions) {

    /** Copies what could be changed from outside. */
    WrappedOptions {
        definitions = List.copyOf(definitions);
    }

    /**
     * What a user gives, as the properties of a component, which converts them to their types.
     *
     * @param given each KEY=VALUE, by the user's names; the values of a list with commas
     * @throws AtelierException if there is no such option, or it does not take the value
     */
    Map<String, Object> properties(List<String> given) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String option : given) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw fault("Options of '%s' read KEY=VALUE, not '%s'.".formatted(strategy, option));
            }
            String value = option.substring(equals + 1).strip();
            AttributeDefinition definition = find(option.substring(0, equals).strip());
            List<String> values = isList(definition) ? List.of(value.split(",")) : List.of(value);
            values.forEach(each -> refuseUnlessTaken(definition, each));
            properties.put(definition.getID(), isList(definition) ? values.toArray(String[]::new) : value);
        }
        return properties;
    }

    private AttributeDefinition find(String name) {
        return definitions.stream()
                .filter(definition -> name(definition).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        fault("The attention '%s' has no option '%s'; it has %s.".formatted(strategy, name, known())));
    }

    private static boolean isList(AttributeDefinition definition) {
        return definition.getCardinality() != 0;
    }

    private static void refuseUnlessTaken(AttributeDefinition definition, String value) {
        String objection = definition.validate(value);
        if (objection != null && !objection.isEmpty()) {
            throw fault("%s does not take '%s': %s.".formatted(name(definition), value, objection));
        }
    }

    private String known() {
        return definitions.isEmpty()
                ? "none"
                : definitions.stream().map(WrappedOptions::name).collect(Collectors.joining(", "));
    }

    private static String name(AttributeDefinition definition) {
        return Plugins.optionName(definition.getID());
    }

    private static AtelierException fault(String sentence) {
        return new AtelierException(INVALID_REQUEST, sentence);
    }
}
