package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.studio.folder.ControlFile;
import org.atelier.studio.folder.ModelFingerprint;

/**
 * The preprocessed controls of a set.
 *
 * @param controls the controls in the order of the request
 */
public record PreparedControls(List<PreparedControl> controls) {

    /** The controls of a set that has none. */
    static final PreparedControls NONE = new PreparedControls(List.of());

    /** Makes a defensive copy. */
    public PreparedControls {
        controls = List.copyOf(controls);
    }

    /** Returns the fingerprints of the ControlNets, by their name or folder in the request. */
    public Map<String, String> fingerprints() {
        Map<String, String> networks = new LinkedHashMap<>();
        controls.forEach(prepared ->
                networks.computeIfAbsent(prepared.control().model(), name -> ModelFingerprint.of(prepared.network())));
        return networks;
    }

    /**
     * Returns each preprocessed image once, ordered by kind and by the first image of the set to which it applies.
     *
     * @param firstGenerated the number of item 0
     */
    public List<ControlFile> files(int firstGenerated) {
        Map<String, Map<Integer, BufferedImage>> byKind = new LinkedHashMap<>();
        controls.forEach(prepared -> byKind.computeIfAbsent(prepared.control().kind(), kind -> new TreeMap<>())
                .putAll(prepared.images()));
        List<ControlFile> files = new ArrayList<>();
        byKind.forEach((kind, images) -> {
            Map<BufferedImage, List<Integer>> numbers = new LinkedHashMap<>();
            images.forEach((item, image) ->
                    numbers.computeIfAbsent(image, first -> new ArrayList<>()).add(firstGenerated + item));
            numbers.forEach((image, items) -> files.add(new ControlFile(kind, items, image, numbers.size() == 1)));
        });
        return files;
    }
}
