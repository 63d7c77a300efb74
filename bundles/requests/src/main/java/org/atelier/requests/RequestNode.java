package org.atelier.requests;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.text.UnicodeText;

/**
 * A value of a request file, and the place where it stands; every reading of the wrong type is a fault that names both.
 *
 * @param source the file
 * @param line from 1
 * @param path {@code $.items[2].seed}
 * @param value {@code null}, Boolean, BigDecimal, String, a List of nodes or a Map of them by key
 */
public record RequestNode(String source, int line, String path, Object value) {

    /** @throws AtelierException for a text with an unpaired surrogate: no file could keep it */
    public RequestNode {
        if (value instanceof String text && !UnicodeText.isWellFormed(text)) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s, line %d: %s: the text has an unpaired surrogate, which is not valid Unicode; write the character itself."
                            .formatted(source, line, path));
        }
    }

    public String text() {
        if (value instanceof String text) {
            return text;
        }
        throw expected(value instanceof BigDecimal || value instanceof Boolean ? "a text, in quotes" : "a text");
    }

    boolean truth() {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw expected("true or false");
    }

    BigDecimal number() {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw expected("a number");
    }

    double fraction() {
        double fraction = number().doubleValue();
        if (!Double.isFinite(fraction)) {
            throw fault(number() + " is out of range");
        }
        return fraction;
    }

    public long whole() {
        BigDecimal number = number();
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw fault("expected a whole number, found " + number);
        }
    }

    public int small() {
        long number = whole();
        if (number != (int) number) {
            throw fault(number + " is out of range");
        }
        return (int) number;
    }

    /** The elements of a list. */
    public List<RequestNode> elements(String inWords) {
        if (value instanceof List<?> several) {
            return several.stream().map(RequestNode.class::cast).toList();
        }
        throw expected(inWords);
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    boolean isObject() {
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

    public AtelierException fault(String what) {
        return new AtelierException(INPUT_UNREADABLE, "%s, line %d: %s: %s.".formatted(source, line, path, what));
    }

    private AtelierException expected(String inWords) {
        return fault("expected " + inWords + ", found " + found());
    }

    private String found() {
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return value == null ? "nothing" : value.toString();
    }
}
