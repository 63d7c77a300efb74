package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * A set, written.
 *
 * @param folder where it lies
 * @param request what it was generated from, nothing left open
 * @param images reconstructions of references first, then in the order of the prompts
 * @param controls what its ControlNets saw; none where it followed none
 * @param contactSheet all images on one
 * @param record {@code set.json}: the request, and every file with its sha256
 * @param styleCard the set's hand; {@code null} where none was asked for
 */
public record GeneratedSet(
        Path folder,
        SetRequest request,
        List<GeneratedImage> images,
        List<ControlImage> controls,
        Path contactSheet,
        Path record,
        Path styleCard) {

    /** Copies what could be changed from outside. */
    public GeneratedSet {
        images = List.copyOf(images);
        controls = List.copyOf(controls);
    }

    /** A set that followed no control. */
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
