package org.atelier.cli.options;

import java.util.function.Consumer;

/** An option that the user may have given. */
final class Given {

    private Given() {}

    static <T> void pass(T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }
}
