package org.atelier.text;

/** Checks that a text can be encoded as UTF-8 without loss. */
public final class UnicodeText {

    /** The replacement character that decoders substitute for invalid bytes. */
    private static final char REPLACEMENT = '\uFFFD';

    private UnicodeText() {}

    /** Whether every surrogate is part of a pair. UTF-8 cannot encode unpaired surrogates. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a decoder has already lost a part of the text: it contains U+FFFD or an unpaired surrogate. */
    public static boolean isDamaged(String text) {
        return text.indexOf(REPLACEMENT) >= 0 || !isWellFormed(text);
    }
}
