package org.atelier.studio.resolve;

import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;

/**
 * The default chunk size, which is the number of images in one batch of the network: large enough to use the processor
 * fully, small enough to fit into memory.
 *
 * @param memory the memory of the machine, in bytes
 */
public record AutomaticChunk(long memory) {

    /** Larger chunks gain nothing on a CPU. */
    private static final int MAX_CHUNK = 8;

    /** The size of the feature maps of a UNet with 320 channels for one image, with both halves of guidance, in float32. */
    private static final double BYTES_PER_PIXEL = 1700.0;

    /** The size of ControlNet residuals: their running sum, and those of one ControlNet. */
    private static final double RESIDUAL_BYTES_PER_PIXEL = 400.0;

    /** The rest is for the weights, the references' keys and values, and other processes. */
    private static final double MEMORY_SHARE = 0.25;

    /**
     * @param request a request whose image sizes and dtype are resolved
     * @param controls the size of all ControlNet weights, in bytes
     * @param model its own size is that of the windows of panoramas
     */
    int of(SetRequest request, long controls, ModelConfiguration model) {
        return request.panorama().enabled()
                ? of(request, controls, (long) model.width() * model.height(), MAX_CHUNK)
                : of(request, controls);
    }

    /** For whole images. */
    int of(SetRequest request, long controls) {
        return of(
                request,
                controls,
                largest(request),
                request.regions().isEmpty() ? request.items().size() : MAX_CHUNK);
    }

    private int of(SetRequest request, long controls, long pixels, int passes) {
        double pixel = BYTES_PER_PIXEL + (request.controls().isEmpty() ? 0 : RESIDUAL_BYTES_PER_PIXEL);
        double bytes = pixel * pixels;
        double relativeSize = request.execution().dtype().equals("float32") ? 1 : 0.5;
        long fitting = (long) (MEMORY_SHARE * Math.max(0, memory - controls) / (bytes * relativeSize));
        long maximum = Math.min(MAX_CHUNK, Math.max(1, passes));
        return (int) Math.max(1, Math.min(maximum, fitting));
    }

    /** Returns the largest image, in pixels. */
    private static long largest(SetRequest request) {
        return request.items().stream()
                .mapToLong(item -> (long) item.width() * item.height())
                .max()
                .orElse((long) request.sampling().width() * request.sampling().height());
    }
}
