package org.atelier.plugins.options;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.api.Plugins;
import org.atelier.api.plugin.PluginOptionDescription;
import org.osgi.service.metatype.AttributeDefinition;

/** One option of a plugin, as described by its metatype: a value, or a list if its cardinality is not 0. */
public final class PluginOption {

    /** The type of a value; in a request it is a Boolean, Long, Double or String, or a List of them. */
    private enum Kind {
        TRUTH("true or false"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        TEXT("a string");

        private final String title;

        Kind(String title) {
            this.title = title;
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
    private final Supplier<OptionDeclaration> declaration;
    private final Kind kind;

    /** @param declaration reads its bounds, if they are needed */
    PluginOption(AttributeDefinition definition, Supplier<OptionDeclaration> declaration) {
        this.definition = definition;
        this.declaration = declaration;
        this.kind = Kind.of(definition.getType());
    }

    /** Its metatype id: {@code scoreScale}. */
    String id() {
        return definition.getID();
    }

    /** Its name for users: {@code score-scale}. */
    String name() {
        return Plugins.optionName(id());
    }

    /** A string, or a list of strings; empty if there is no default. */
    Optional<Object> defaultValue() {
        String[] values = definition.getDefaultValue();
        if (values == null || values.length == 0) {
            return Optional.empty();
        }
        if (!isList()) {
            return Optional.of(values[0]);
        }
        // A metatype represents an empty list as one empty string.
        List<String> several =
                Arrays.stream(values).filter(value -> !value.isBlank()).toList();
        return several.isEmpty() ? Optional.empty() : Optional.of(several);
    }

    /**
     * Converts a value to the option's type.
     *
     * @param given Boolean, Number or String; for a list also a List or an array of them, or a comma-separated string
     * @throws IllegalArgumentException with a sentence, without its subject, if it is not of this type or not allowed
     */
    Object typed(Object given) {
        return isList() ? elements(given).stream().map(this::single).toList() : single(given);
    }

    /**
     * What contradicts itself in its metatype: a bound that is not of its type, a minimum above the maximum, a default or a
     * permitted value that is not accepted.
     *
     * @return without a full stop: {@code the default 5 of its option 'size' is above its maximum 2}
     */
    Optional<String> contradiction() {
        OptionDeclaration declared = declaration.get();
        try {
            Optional<BigDecimal> least = bound("minimum", declared.least());
            Optional<BigDecimal> most = bound("maximum", declared.most());
            if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
                return Optional.of("the minimum %s of its option '%s' is above its maximum %s"
                        .formatted(declared.least(), name(), declared.most()));
            }
            String[] values = definition.getOptionValues();
            requireTyped("value", values == null ? List.of() : Arrays.asList(values));
            List<String> defaults = declaredDefaults(declared.byDefault());
            for (String value : defaults) {
                requireWithin(value, least, most, declared);
            }
            requireTyped("default", defaults);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private List<String> declaredDefaults(String text) {
        return isList()
                ? elements(text).stream().map(value -> value.toString().strip()).toList()
                : Stream.of(text).filter(value -> !value.isEmpty()).toList();
    }

    /** A bound as a number; that of a text is its length, and true and false have none. */
    private Optional<BigDecimal> bound(String title, String text) {
        if (text.isEmpty() || kind == Kind.TRUTH) {
            return Optional.empty();
        }
        try {
            Number bound = kind == Kind.NUMBER ? (Number) finite(text) : whole(text);
            return Optional.of(new BigDecimal(bound.toString()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the %s '%s' of its option '%s' is not %s"
                            .formatted(title, text, name(), (kind == Kind.NUMBER ? Kind.NUMBER : Kind.WHOLE).title),
                    e);
        }
    }

    private void requireTyped(String title, List<String> values) {
        for (String value : values) {
            try {
                single(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the %s '%s' of its option '%s' is not valid: %s %s"
                                .formatted(
                                        title,
                                        value,
                                        name(),
                                        name(),
                                        e.getMessage().replaceFirst("\\.$", "")),
                        e);
            }
        }
    }

    private void requireWithin(
            String value, Optional<BigDecimal> least, Optional<BigDecimal> most, OptionDeclaration declared) {
        if (kind != Kind.WHOLE && kind != Kind.NUMBER) {
            return;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value.strip());
        } catch (NumberFormatException e) {
            return; // reported as a value of another type
        }
        if (least.isPresent() && number.compareTo(least.get()) < 0) {
            throw new IllegalArgumentException("the default %s of its option '%s' is below its minimum %s"
                    .formatted(value, name(), declared.least()));
        }
        if (most.isPresent() && number.compareTo(most.get()) > 0) {
            throw new IllegalArgumentException("the default %s of its option '%s' is above its maximum %s"
                    .formatted(value, name(), declared.most()));
        }
    }

    PluginOptionDescription described() {
        return new PluginOptionDescription(
                name(),
                type(),
                permittedValues().orElseGet(() -> declaration.get().range()),
                defaultValue().map(PluginOption::text).orElse(""),
                definition.getDescription() == null ? "" : definition.getDescription());
    }

    private Optional<String> permittedValues() {
        return Optional.ofNullable(definition.getOptionValues())
                .filter(values -> values.length > 0)
                .map(values -> "one of " + String.join(", ", values));
    }

    /** What it accepts: "; it must be 0 to 1", or empty. */
    private String accepted() {
        String range = declaration.get().range();
        if (permittedValues().isPresent()) {
            return "; it must be " + permittedValues().get();
        }
        if (range.isEmpty() || kind == Kind.TRUTH) {
            return "";
        }
        return kind == Kind.TEXT ? "; its length must be " + range : "; it must be " + range;
    }

    private String type() {
        return kind.title + (isList() ? " or several, separated by commas" : "");
    }

    /** "score-scale (a number, default 1.0)". */
    String summary() {
        return name() + " (" + type()
                + defaultValue().map(value -> ", default " + text(value)).orElse("") + ")";
    }

    private static String text(Object value) {
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
            throw new IllegalArgumentException("must be %s, not '%s'.".formatted(kind.title, given), e);
        }
        String objection = definition.validate(value.toString());
        if (objection != null && !objection.isEmpty()) {
            throw new IllegalArgumentException("does not accept '%s': %s%s.".formatted(given, objection, accepted()));
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
