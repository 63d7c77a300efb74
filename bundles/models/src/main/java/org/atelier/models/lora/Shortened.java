package org.atelier.models.lora;

import java.util.List;
import java.util.stream.Collectors;

/** Untrusted names and long lists in errors. */
final class Shortened {

    private static final int SHOWN = 4;
    private static final int LONGEST = 120;

    private Shortened() {}

    /** The first few, and that there are more. */
    static String list(List<String> all, String separator) {
        return all.stream().limit(SHOWN).collect(Collectors.joining(separator))
                + (all.size() > SHOWN ? separator + "… (" + (all.size() - SHOWN) + " more)" : "");
    }

    /** One line without control characters. */
    static String name(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
