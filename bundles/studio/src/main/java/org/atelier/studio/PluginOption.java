package org.atelier.studio;

import java.util.Locale;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;

/** One option of a plugin, as its metatype describes it. */
final class PluginOption {

    /** What a value may be; a request carries it as Boolean, Long, Double or String. */
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

    PluginOption(AttributeDefinition definition) {
        this.definition = definition;
        this.kind = Kind.of(definition.getType());
    }

    /** What the plugin calls it: {@code scoreScale}. */
    String id() {
        return definition.getID();
    }

    /** What a user calls it: {@code score-scale}. */
    String name() {
        return id().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    Optional<String> defaultValue() {
        String[] values = definition.getDefaultValue();
        return values == null || values.length == 0 ? Optional.empty() : Optional.of(values[0]);
    }

    /**
     * The value with the option's type.
     *
     * @param given Boolean, Number or String
     * @throws IllegalArgumentException with a sentence if it is not of this type or not allowed
     */
    Object typed(Object given) {
        Object value;
        try {
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

    /** "score-scale (a number, default 1.0)". */
    String inWords() {
        return name() + " (" + kind.inWords
                + defaultValue().map(value -> ", default " + value).orElse("") + ")";
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
