package org.atelier.diffusion.sampling;

import ai.djl.engine.EngineException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * A computation of the engine ran out of host or device memory and has changed no state. The static methods recognise such
 * errors of the engine.
 */
public final class EngineOutOfMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Messages of libtorch, CUDA, C++ and oneDNN. A oneDNN message with "descriptor" is about an unsupported primitive,
     * not memory.
     */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "alloc|out of memory|could not create a primitive(?! descriptor)", Pattern.CASE_INSENSITIVE);

    private EngineOutOfMemoryException(Throwable cause) {
        super(cause);
    }

    /**
     * Runs a computation that the caller can repeat with fewer images.
     *
     * @throws EngineOutOfMemoryException if memory runs out
     */
    public static <T> T retryable(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (EngineException | AtelierException e) {
            throw isOutOfMemory(e) ? new EngineOutOfMemoryException(e) : e;
        } catch (OutOfMemoryError e) {
            throw new EngineOutOfMemoryException(e);
        }
    }

    /**
     * Runs work that the caller cannot repeat with fewer images.
     *
     * @throws AtelierException OUT_OF_MEMORY if memory runs out
     */
    public static <T> T fatal(Supplier<T> work) {
        try {
            return work.get();
        } catch (EngineOutOfMemoryException | EngineException | AtelierException e) {
            if (e instanceof EngineOutOfMemoryException || isOutOfMemory(e)) {
                throw new AtelierException(
                        Code.OUT_OF_MEMORY,
                        "Not enough memory; use a smaller chunk (1), a smaller size or bfloat16.",
                        e);
            }
            throw e;
        }
    }

    /** Checks the message of the engine's error, which may be the cause of a plugin's: it has no exception types. */
    private static boolean isOutOfMemory(RuntimeException error) {
        Throwable engine = error instanceof AtelierException ? error.getCause() : error;
        return engine instanceof EngineException
                && OUT_OF_MEMORY.matcher(String.valueOf(engine.getMessage())).find();
    }
}
