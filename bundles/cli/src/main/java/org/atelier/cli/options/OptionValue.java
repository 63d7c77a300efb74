package org.atelier.cli.options;

import java.util.function.Consumer;

/** The value of an option, {@code null} if it is not given. */
final class OptionValue {

    private OptionValue() {}

    static <T> void ifGiven(T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }
}
