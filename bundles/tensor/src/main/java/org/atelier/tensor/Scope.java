package org.atelier.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/**
 * Frees the intermediate arrays of a computation, so that memory does not grow with the length of a set.
 *
 * <p>In DJL a result belongs to the manager of its first operand. A scope attaches the input to a manager of its own for
 * the time of the computation. Closing that manager frees everything that was computed from the input, except the result.
 */
public final class Scope {

    private Scope() {}

    /**
     * Computes within a scope.
     *
     * @param input the first operand of what is computed; keeps its manager
     * @param computation all arrays that it computes from its argument are freed, except the one that it returns
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
