package org.atelier.studio.resolve;

import org.atelier.api.set.SetRequest;

/**
 * How many images pass the network together unless the user says so: enough to keep the processor busy, few enough
 * for the memory.
 *
 * @param memory of the machine, in bytes
 */
public record AutomaticChunk(long memory) {

    /** Beyond it a pass gains nothing on a CPU. */
    private static final int MOST = 8;

    /** What the feature maps of a UNet of 320 channels take for an image, both halves of guidance, in float32. */
    private static final double BYTES_A_PIXEL = 1700.0;

    /** What a ControlNet adds: what all of them add so far, and what one of them is to add. */
    private static final double RESIDUAL_BYTES_A_PIXEL = 400.0;

    /** The rest is for the weights, the references' keys and values, and others on the machine. */
    private static final double SHARE = 0.25;

    /**
     * @param request with its items' sizes and its dtype settled
     * @param controls bytes of the ControlNets' weights, which lie beside the model's
     */
    int of(SetRequest request, long controls) {
        double pixel = BYTES_A_PIXEL + (request.controls().isEmpty() ? 0 : RESIDUAL_BYTES_A_PIXEL);
        double bytes = pixel * largest(request);
        double half = request.execution().dtype().equals("float32") ? 1 : 0.5;
        long fitting = (long) (SHARE * Math.max(0, memory - controls) / (bytes * half));
        long most = Math.min(MOST, Math.max(1, request.items().size()));
        return (int) Math.max(1, Math.min(most, fitting));
    }

    /** In pixels. */
    private static long largest(SetRequest request) {
        return request.items().stream()
                .mapToLong(item -> (long) item.width() * item.height())
                .max()
                .orElse((long) request.sampling().width() * request.sampling().height());
    }
}
