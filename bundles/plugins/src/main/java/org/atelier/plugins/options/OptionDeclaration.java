package org.atelier.plugins.options;

/**
 * An option as the file of its metatype declares it; empty for what it does not declare. The Metatype Service does not expose
 * the bounds, and leaves out a default that is not valid.
 *
 * @param least the minimum, inclusive
 * @param most the maximum, inclusive
 * @param byDefault the default; those of a list are separated by commas
 */
record OptionDeclaration(String least, String most, String byDefault) {

    static final OptionDeclaration NONE = new OptionDeclaration("", "", "");

    /** The range: {@code 0 to 1}, {@code at least 0}, or empty. */
    String range() {
        if (least.isEmpty()) {
            return most.isEmpty() ? "" : "at most " + most;
        }
        return most.isEmpty() ? "at least " + least : least + " to " + most;
    }
}
