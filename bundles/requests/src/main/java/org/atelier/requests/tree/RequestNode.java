package org.atelier.requests.tree;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.text.ControlCharacters;
import org.atelier.text.UnicodeText;

/**
 * A value of a request file with its location. Reading it as another type is an error with the location.
 *
 * @param source the file
 * @param line from 1
 * @param path {@code $.items[2].seed}
 * @param value {@code null}, Boolean, BigDecimal, String, a List of nodes or a Map of them by key
 */
public record RequestNode(String source, int line, String path, Object value) {

    /** The length of a quoted path or value, in characters. */
    private static final int MAX_QUOTED = 200;

    /** @throws AtelierException for a string with an unpaired surrogate, which cannot be written to a file */
    public RequestNode {
        if (value instanceof String text && !UnicodeText.isWellFormed(text)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s, line %d: %s: the text has an unpaired surrogate, which is not valid Unicode; write the character itself."
                            .formatted(source, line, readable(path)));
        }
    }

    public String text() {
        if (value instanceof String text) {
            return text;
        }
        throw expected(value instanceof BigDecimal || value instanceof Boolean ? "a string, in quotes" : "a string");
    }

    public boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw expected("true or false");
    }

    public BigDecimal number() {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw expected("a number");
    }

    public double doubleValue() {
        double result = number().doubleValue();
        if (!Double.isFinite(result)) {
            throw fault(readable(number().toString()) + " is out of range");
        }
        return result;
    }

    public long longValue() {
        BigDecimal number = number();
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw fault("expected a whole number, found " + readable(number.toString()));
        }
    }

    public int intValue() {
        long number = longValue();
        if (number != (int) number) {
            throw fault(number + " is out of range");
        }
        return (int) number;
    }

    /** The elements of a list. */
    public List<RequestNode> elements(String expected) {
        if (value instanceof List<?> several) {
            return several.stream().map(RequestNode.class::cast).toList();
        }
        throw expected(expected);
    }

    public boolean isList() {
        return value instanceof List<?>;
    }

    public boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /** The members of an object by key, in the order of the file. */
    public Map<String, RequestNode> members() {
        if (value instanceof Map<?, ?> object) {
            Map<String, RequestNode> members = new LinkedHashMap<>();
            object.forEach((key, member) -> members.put((String) key, (RequestNode) member));
            return members;
        }
        throw expected("an object");
    }

    /**
     * The member of an object.
     *
     * @throws AtelierException if there is none
     */
    public RequestNode member(String key) {
        RequestNode member = members().get(key);
        if (member == null) {
            throw fault("'" + key + "' is missing");
        }
        return member;
    }

    public AtelierException fault(String what) {
        return new AtelierException(
                INPUT_UNREADABLE, "%s, line %d: %s: %s.".formatted(source, line, readable(path), oneLine(what)));
    }

    /** Returns a text of the file as part of a sentence: short, and on one line. */
    public static String readable(String text) {
        boolean isShort = text.length() <= MAX_QUOTED;
        return oneLine(isShort ? text : text.substring(0, MAX_QUOTED) + "…");
    }

    private static String oneLine(String text) {
        return ControlCharacters.shown(text)
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private AtelierException expected(String expected) {
        return fault("expected " + expected + ", found " + found());
    }

    private String found() {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return value == null ? "null" : readable(value.toString());
    }
}
