package org.atelier.diffusion.sampling;

import ai.djl.engine.EngineException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** A computation that the memory of the machine or the device does not suffice for; it has changed nothing. */
public final class OutOfMemoryTranslation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What libtorch, CUDA, C++ and, last, oneDNN say; where oneDNN lacks a kind of primitive it says "descriptor". */
    private static final Pattern WORDS = Pattern.compile(
            "alloc|out of memory|could not create a primitive(?! descriptor)", Pattern.CASE_INSENSITIVE);

    private OutOfMemoryTranslation(Throwable cause) {
        super(cause);
    }

    /** Computes what can be tried again with less at once. */
    public static <T> T retryable(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (EngineException e) {
            throw isSpent(e) ? new OutOfMemoryTranslation(e) : e;
        } catch (OutOfMemoryError e) {
            throw new OutOfMemoryTranslation(e);
        }
    }

    /** Does work that cannot be done with less, or has been tried with less already. */
    public static <T> T fatal(Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryTranslation | EngineException e) {
            if (e instanceof OutOfMemoryTranslation || isSpent(e)) {
                throw new AtelierException(
                        Code.OUT_OF_MEMORY,
                        "The memory does not suffice: take fewer images at once (chunk 1), a smaller size or bfloat16.",
                        e);
            }
            throw e;
        }
    }

    /** By its words, for the engine has no kinds of faults. */
    private static boolean isSpent(RuntimeException fault) {
        return WORDS.matcher(String.valueOf(fault.getMessage())).find();
    }
}
