package org.atelier.api.set;

/**
 * Device, precision and batch size of the network; they affect images only by rounding.
 *
 * @param chunk images in one batch, at least 1; {@code null}: as many as fit into memory
 * @param dtype {@code float32}, {@code bfloat16} or {@code float16}; {@code null}: the default of the device, float32
 *     on a CPU
 * @param device {@code cpu} or {@code cuda:N}; {@code null}: the first GPU that the engine finds, else the CPU
 */
public record Execution(Integer chunk, String dtype, String device) {

    /** Every default. */
    public static final Execution DEFAULT = new Execution(null, null, null);
}
