package org.atelier.text;

/**
 * Makes control characters visible. In a text of unknown origin they could recolour or hide output, set the title of the
 * terminal window, or inject input.
 */
public final class ControlCharacters {

    private ControlCharacters() {}

    /**
     * Replaces control characters by escapes such as {@code \\u001b}, which JSON reads back; line breaks and tabs remain.
     * Bidirectional controls are replaced too.
     */
    public static String shown(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean acts = acts(unit) && !isLineEnd(text, i);
            if (acts && shown == null) {
                shown = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (acts) {
                shown.append("\\u").append(hex(unit));
            } else if (shown != null) {
                shown.append(unit);
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean acts(char unit) {
        boolean isControl = Character.isISOControl(unit) && unit != '\n' && unit != '\t';
        boolean turns = (unit >= '\u202A' && unit <= '\u202E') || (unit >= '\u2066' && unit <= '\u2069');
        boolean separates = unit == '\u2028' || unit == '\u2029';
        return isControl || turns || separates;
    }

    /** A carriage return alone would write over the line. */
    private static boolean isLineEnd(String text, int at) {
        return text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
    }

    private static String hex(char unit) {
        String digits = Integer.toHexString(unit);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
