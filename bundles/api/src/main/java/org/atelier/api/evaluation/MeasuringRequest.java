package org.atelier.api.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.metric.MetricSelection;
import org.atelier.api.set.ReferenceFile;

/**
 * A request to measure images that exist.
 *
 * @param files images, and folders of images, in order; PNG, JPEG or WebP
 * @param prompts the whole prompt of each image, in order; empty for those in {@code set.json} or the images' metadata
 * @param references the images whose style the set has, with their weights; empty for those in {@code set.json}, or
 *     else for the first image
 * @param metrics the metrics to use, each name once; one whose model is missing is skipped with a note. Empty for all
 *     installed metrics; every unavailable one is then skipped with a note. It is an error if none is left
 */
public record MeasuringRequest(
        List<Path> files, List<String> prompts, List<ReferenceFile> references, List<MetricSelection> metrics) {

    /** Makes defensive copies. */
    public MeasuringRequest {
        files = List.copyOf(files);
        prompts = List.copyOf(prompts);
        references = List.copyOf(references);
        metrics = List.copyOf(metrics);
    }
}
