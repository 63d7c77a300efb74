package org.atelier.plugins.checked;

import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;

/**
 * The calls of one plugin. An error of Atelier, such as an unreadable input or a cancellation, is passed on; anything else that
 * a plugin throws is its fault.
 *
 * @param plugin its kind, name, version and bundle: {@code attention 'mine' 1.0.0 (org.example.mine)}
 * @param remedy a sentence
 */
public record PluginCalls(String plugin, String remedy) {

    /**
     * Calls the plugin.
     *
     * @param method what is called, for the error: {@code at(self-attention layer 3 in down1)}
     * @return what it returns, which must not be null
     * @throws AtelierException {@code PLUGIN_FAILED} if it throws, or returns null
     */
    <T> T call(String method, Supplier<T> call) {
        T result;
        try {
            result = call.get();
        } catch (AtelierException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw failed(method + fault(e), e);
        }
        require(result != null, method, "null");
        return result;
    }

    /** Calls a method that returns nothing. */
    void run(String method, Runnable call) {
        call(method, () -> {
            call.run();
            return true;
        });
    }

    /** Requires that an array is open and has a shape. */
    void requireShape(NDArray array, Shape expected, String method) {
        require(array != null, method, "null");
        try {
            // Asks the engine, because the shape of a closed array may be cached.
            array.hasGradient();
        } catch (IllegalStateException e) {
            throw failed(method + " returned a closed array", e);
        }
        require(
                array.getShape().equals(expected),
                method,
                "an array of shape %s instead of %s".formatted(array.getShape(), expected));
    }

    /**
     * Requires what the contract says of a result.
     *
     * @param returned what was returned instead: {@code an empty list}
     */
    void require(boolean valid, String method, String returned) {
        if (!valid) {
            throw failed("%s returned %s".formatted(method, returned), null);
        }
    }

    private AtelierException failed(String what, Throwable cause) {
        return new AtelierException(PLUGIN_FAILED, "The %s failed: %s. %s".formatted(plugin, what, remedy), cause);
    }

    private static String fault(Throwable thrown) {
        return thrown instanceof NoClassDefFoundError
                ? ": a class is missing: " + thrown.getMessage()
                : " threw " + oneLine(thrown);
    }

    private static String oneLine(Throwable thrown) {
        return thrown.toString().replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }
}
