package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * A written set, or the written slice of one.
 *
 * @param folder its folder
 * @param request the resolved request
 * @param images reconstructions of references first, then in the order of the prompts; those of the slice
 * @param controls the preprocessed control images; empty without controls
 * @param contactSheet an overview of all images; {@code null} for a slice
 * @param record {@code set.json}: the request, and the SHA-256 of every file
 * @param styleCard the style card; {@code null} if none was requested
 */
public record GeneratedSet(
        Path folder,
        SetRequest request,
        List<GeneratedImage> images,
        List<ControlImage> controls,
        Path contactSheet,
        Path record,
        Path styleCard) {

    /** Makes defensive copies. */
    public GeneratedSet {
        images = List.copyOf(images);
        controls = List.copyOf(controls);
    }

    /** A set without controls. */
    public GeneratedSet(
            Path folder,
            SetRequest request,
            List<GeneratedImage> images,
            Path contactSheet,
            Path record,
            Path styleCard) {
        this(folder, request, images, List.of(), contactSheet, record, styleCard);
    }
}
