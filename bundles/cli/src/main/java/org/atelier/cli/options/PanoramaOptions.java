package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options of panoramas. */
final class PanoramaOptions {

    @Option(
            names = "--panorama",
            description = "Generates images that are larger than the model's own size, in windows of that size that"
                    + " overlap (MultiDiffusion); --size is their size. Without --reference, the first image is the"
                    + " reference and has the model's own size.")
    private boolean panorama;

    @Option(
            names = "--panorama-stride",
            paramLabel = "PIXELS",
            description = "From one window to the next. A smaller stride takes longer and hides the windows better."
                    + " Default: ${bundle:default.panorama_stride}.")
    private Integer stride;

    @Option(
            names = "--panorama-circular",
            description = "The right end of a panorama continues at its left end, as in a view all around.")
    private boolean circular;

    void into(SetRequestBuilder request) {
        if (panorama) {
            request.panorama(true);
        }
        OptionValue.ifGiven(stride, request::panoramaStride);
        if (circular) {
            request.panoramaCircular(true);
        }
    }
}
