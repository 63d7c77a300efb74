package org.atelier.models.json;

import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The literals NaN, Infinity and -Infinity, which Python's json module writes although JSON has none. They are replaced
 * by marked strings for a strict reader, and recognised in its output.
 */
final class NonFiniteNumbers {

    /** A string, which is kept, or one of the three literals. */
    private static final Pattern STRING_OR_LITERAL =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|(?<literal>-?Infinity|NaN)", Pattern.DOTALL);

    private static final Pattern HINT = Pattern.compile("Infinity|NaN");

    private final String text;
    private final String mark;

    private NonFiniteNumbers(String text, String mark) {
        this.text = text;
        this.mark = mark;
    }

    /** @param json a whole document */
    static NonFiniteNumbers hiddenIn(String json) {
        if (!HINT.matcher(json).find()) {
            return new NonFiniteNumbers(json, "");
        }
        String mark = "number ";
        while (json.contains(mark)) {
            mark += "#";
        }
        String hiding = Matcher.quoteReplacement("\"" + mark);
        String text = STRING_OR_LITERAL
                .matcher(json)
                .replaceAll(found -> found.group(1) == null
                        ? Matcher.quoteReplacement(found.group())
                        : hiding + found.group(1) + "\"");
        return new NonFiniteNumbers(text, mark);
    }

    /** The text for a strict reader. */
    String text() {
        return text;
    }

    /** The number that a marked string represents; empty for other strings. */
    Optional<JsonPrimitive> number(String string) {
        return isHidden(string)
                ? Optional.of(new JsonPrimitive(Double.valueOf(string.substring(mark.length()))))
                : Optional.empty();
    }

    /** Whether a string is marked. A key must not be. */
    boolean isHidden(String string) {
        return !mark.isEmpty() && string.startsWith(mark);
    }
}
