package org.atelier.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/**
 * Frees what a computation leaves behind, so that memory stays flat however long a set is.
 *
 * <p>In DJL a result belongs to the manager of its first operand. A scope lends the input to a manager of its own, so
 * that everything computed from it dies with the scope, but for the result.
 */
public final class Scope {

    private Scope() {}

    /**
     * Computes within a scope.
     *
     * @param input the first operand of what is computed; keeps its manager
     * @param computation whatever it computes from its argument is freed, but for what it returns
     * @return the result, which belongs to the manager of {@code input}
     */
    public static NDArray within(NDArray input, UnaryOperator<NDArray> computation) {
        NDManager outer = input.getManager();
        try (NDManager inner = outer.newSubManager()) {
            input.attach(inner);
            try {
                NDArray result = computation.apply(input);
                result.attach(outer);
                return result;
            } finally {
                input.attach(outer);
            }
        }
    }
}
