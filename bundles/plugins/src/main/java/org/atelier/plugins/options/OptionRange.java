package org.atelier.plugins.options;

/**
 * The bounds of an option as its metatype writes them, inclusive; empty for none.
 *
 * @param least the minimum
 * @param most the maximum
 */
record OptionRange(String least, String most) {

    static final OptionRange NONE = new OptionRange("", "");

    /** {@code 0 to 1}, {@code at least 0}, or empty. */
    String text() {
        if (least.isEmpty()) {
            return most.isEmpty() ? "" : "at most " + most;
        }
        return most.isEmpty() ? "at least " + least : least + " to " + most;
    }
}
