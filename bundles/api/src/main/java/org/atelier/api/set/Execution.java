package org.atelier.api.set;

/**
 * Where and in which portions the network computes; of no effect on an image beyond rounding.
 *
 * @param chunk images that pass the network together, at least 1; open: as many as memory allows
 * @param dtype {@code float32}, {@code bfloat16} or {@code float16}; open: what suits the device, float32 on a CPU
 * @param device {@code cpu} or {@code cuda:N}; open: the first GPU that the engine finds, else the CPU
 */
public record Execution(Integer chunk, String dtype, String device) {

    /** Every default: all open. */
    public static final Execution DEFAULT = new Execution(null, null, null);
}
