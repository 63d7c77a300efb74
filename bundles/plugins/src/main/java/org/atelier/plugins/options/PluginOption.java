package org.atelier.plugins.options;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.api.Plugins;
import org.atelier.api.plugin.PluginOptionDescription;
import org.osgi.service.metatype.AttributeDefinition;

/** One option of a plugin, as its metatype describes it: a value, or a list where its cardinality says so. */
public final class PluginOption {

    /** What a value may be; a request carries it as Boolean, Long, Double or String, or a List of them. */
    private enum Kind {
        TRUTH("true or false"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        TEXT("a text");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        static Kind of(int type) {
            return switch (type) {
                case AttributeDefinition.BOOLEAN -> TRUTH;
                case AttributeDefinition.LONG,
                        AttributeDefinition.INTEGER,
                        AttributeDefinition.SHORT,
                        AttributeDefinition.BYTE -> WHOLE;
                case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> NUMBER;
                default -> TEXT;
            };
        }
    }

    private final AttributeDefinition definition;
    private final Kind kind;

    public PluginOption(AttributeDefinition definition) {
        this.definition = definition;
        this.kind = Kind.of(definition.getType());
    }

    /** What the plugin calls it: {@code scoreScale}. */
    String id() {
        return definition.getID();
    }

    /** What a user calls it: {@code score-scale}. */
    String name() {
        return Plugins.optionName(id());
    }

    /** A text, or a list of texts; empty where the plugin has no default. */
    Optional<Object> defaultValue() {
        String[] values = definition.getDefaultValue();
        if (values == null || values.length == 0) {
            return Optional.empty();
        }
        if (!isList()) {
            return Optional.of(values[0]);
        }
        // A metatype tells an empty list as one empty text.
        List<String> several =
                Arrays.stream(values).filter(value -> !value.isBlank()).toList();
        return several.isEmpty() ? Optional.empty() : Optional.of(several);
    }

    /**
     * The value with the option's type.
     *
     * @param given Boolean, Number or String; for a list also a List or an array of them, or their text with commas
     * @throws IllegalArgumentException with a sentence if it is not of this type or not allowed
     */
    Object typed(Object given) {
        return isList() ? elements(given).stream().map(this::single).toList() : single(given);
    }

    /**
     * Its description.
     *
     * @param range in words, which its definition does not tell
     */
    PluginOptionDescription described(String range) {
        String[] values = definition.getOptionValues();
        return new PluginOptionDescription(
                name(),
                type(),
                values == null || values.length == 0 ? range : "one of " + String.join(", ", values),
                defaultValue().map(PluginOption::inWords).orElse(""),
                definition.getDescription() == null ? "" : definition.getDescription());
    }

    private String type() {
        return kind.inWords + (isList() ? " or several, separated by commas" : "");
    }

    /** "score-scale (a number, default 1.0)". */
    String inWords() {
        return name() + " (" + type()
                + defaultValue().map(value -> ", default " + inWords(value)).orElse("") + ")";
    }

    private static String inWords(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    private boolean isList() {
        return definition.getCardinality() != 0;
    }

    private static List<?> elements(Object given) {
        if (given instanceof Collection<?> several) {
            return List.copyOf(several);
        }
        if (given instanceof Object[] several) {
            return List.of(several);
        }
        return Arrays.stream(given.toString().split(","))
                .filter(element -> !element.isBlank())
                .toList();
    }

    private Object single(Object given) {
        Object value;
        try {
            if (given instanceof Collection<?>) {
                throw new IllegalArgumentException("a list");
            }
            value = convert(given.toString().strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s takes %s, not '%s'.".formatted(name(), kind.inWords, given), e);
        }
        String objection = definition.validate(value.toString());
        if (objection != null && !objection.isEmpty()) {
            throw new IllegalArgumentException("%s does not take '%s': %s.".formatted(name(), given, objection));
        }
        return value;
    }

    private Object convert(String text) {
        return switch (kind) {
            case TRUTH -> truth(text);
            case WHOLE -> whole(text);
            case NUMBER -> finite(text);
            case TEXT -> text;
        };
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Long whole(String text) {
        return Long.valueOf(text.replaceFirst("\\.0+$", ""));
    }

    private static Double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }
}
