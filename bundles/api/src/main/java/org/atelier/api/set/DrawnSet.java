package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * A set, written.
 *
 * @param folder where it lies
 * @param request what it was drawn from, nothing left open
 * @param pictures reconstructions of references first, then in the order of the prompts
 * @param controls what its ControlNets saw; none where it followed none
 * @param contactSheet all pictures on one
 * @param record {@code set.json}: the request, and every file with its sha256
 * @param styleCard the set's hand; {@code null} where none was asked for
 */
public record DrawnSet(
        Path folder,
        SetRequest request,
        List<DrawnPicture> pictures,
        List<DrawnControl> controls,
        Path contactSheet,
        Path record,
        Path styleCard) {

    /** Copies what could be changed from outside. */
    public DrawnSet {
        pictures = List.copyOf(pictures);
        controls = List.copyOf(controls);
    }

    /** A set that followed no control. */
    public DrawnSet(
            Path folder,
            SetRequest request,
            List<DrawnPicture> pictures,
            Path contactSheet,
            Path record,
            Path styleCard) {
        this(folder, request, pictures, List.of(), contactSheet, record, styleCard);
    }
}
