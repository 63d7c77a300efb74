package org.atelier.api.evaluation;

import org.atelier.api.AtelierException;
import org.atelier.api.metric.MeasuringListener;
import org.osgi.annotation.versioning.ProviderType;

/** Measures images that exist: a set in its folder, or any images. */
@ProviderType
public interface SetEvaluator {

    /**
     * Measures images with the request's metrics. Of a folder with {@code set.json}, the images of the set are
     * measured, without contact sheet and reconstructions of references; of any other folder, all images directly in it,
     * by name.
     *
     * @param listener receives a note for each skipped metric before anything is measured, and the notes of the metrics
     * @throws AtelierException that lists every fault, one a line, before anything is measured: a file that is not a
     *     readable image, other prompts than images, an unknown metric or option, no available metric; {@code CANCELLED}
     */
    SetMeasurements measure(MeasuringRequest request, MeasuringListener listener);
}
