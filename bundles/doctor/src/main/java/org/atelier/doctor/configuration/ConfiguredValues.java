package org.atelier.doctor.configuration;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.doctor.Findings;
import org.atelier.text.ClosestMatch;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Validates the values of a configuration against its metatype. */
final class ConfiguredValues {

    private final Map<String, AttributeDefinition> definitions;

    ConfiguredValues(ObjectClassDefinition definition) {
        this.definitions = Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .collect(Collectors.toMap(AttributeDefinition::getID, Function.identity()));
    }

    /** @param name the display name of the configuration */
    void examine(String name, Dictionary<String, Object> values, Findings findings) {
        FrameworkUtil.asMap(values).forEach((key, value) -> {
            AttributeDefinition known = definitions.get(key);
            if (known == null) {
                closest(key)
                        .ifPresent(closest -> findings.warning(
                                name, "No bundle reads '%s'.".formatted(key), "Use '%s'.".formatted(closest)));
            } else {
                violation(known, value)
                        .ifPresent(violation -> findings.fault(
                                name,
                                "%s = %s: %s.".formatted(key, description(value), violation),
                                "Correct it, or omit it for the default, %s."
                                        .formatted(description(known.getDefaultValue()))));
            }
        });
    }

    /** Returns the most similar known key; other unknown keys are allowed, since a configuration may have additional keys. */
    private Optional<String> closest(String key) {
        return ClosestMatch.OF_SIMILAR_NAMES.of(key, Set.copyOf(definitions.keySet()));
    }

    private static Optional<String> violation(AttributeDefinition definition, Object value) {
        for (String element : elements(definition, value)) {
            String text = element.strip();
            if (!isOfType(definition.getType(), text)) {
                return Optional.of("'%s' is not %s".formatted(text, type(definition.getType())));
            }
            String violation = definition.validate(text);
            if (violation != null && !violation.isEmpty()) {
                return Optional.of("it is not allowed (%s)".formatted(violation));
            }
        }
        return Optional.empty();
    }

    private static List<String> elements(AttributeDefinition definition, Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(Object::toString).toList();
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .toList();
        }
        return definition.getCardinality() == 0
                ? List.of(value.toString())
                : Arrays.stream(value.toString().split(","))
                        .filter(element -> !element.isBlank())
                        .toList();
    }

    private static boolean isOfType(int type, String text) {
        try {
            switch (type) {
                case AttributeDefinition.LONG -> Long.parseLong(text);
                case AttributeDefinition.INTEGER -> Integer.parseInt(text);
                case AttributeDefinition.SHORT -> Short.parseShort(text);
                case AttributeDefinition.BYTE -> Byte.parseByte(text);
                case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Double.parseDouble(text);
                case AttributeDefinition.BOOLEAN -> {
                    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
                }
                default -> {
                    return true;
                }
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String type(int type) {
        return switch (type) {
            case AttributeDefinition.BOOLEAN -> "true or false";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number";
            default -> "a whole number";
        };
    }

    private static String description(Object value) {
        if (value == null) {
            return "none";
        }
        return value instanceof Object[] several
                ? String.join(",", Arrays.copyOf(several, several.length, String[].class))
                : value.toString();
    }
}
