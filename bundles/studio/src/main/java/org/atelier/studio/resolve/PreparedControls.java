package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.set.SetRequest;
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
     * Returns each preprocessed image of the set once, ordered by kind and by the first image of the set to which it applies.
     * Their names and images are those of the whole set, but those that no generated image follows are left out.
     *
     * @param request of the set
     */
    public List<ControlFile> files(SetRequest request) {
        Map<String, Map<Integer, Source>> byKind = new LinkedHashMap<>();
        for (int number = 0; number < controls.size(); number++) {
            PreparedControl prepared = controls.get(number);
            Map<Integer, Source> sources =
                    byKind.computeIfAbsent(prepared.control().kind(), kind -> new TreeMap<>());
            for (int item : ControlTargets.of(request, number)) {
                sources.put(item, new Source(number, ControlPreparer.size(request, item)));
            }
        }
        List<ControlFile> files = new ArrayList<>();
        byKind.forEach((kind, sources) -> {
            Map<Source, List<Integer>> items = new LinkedHashMap<>();
            sources.forEach((item, source) ->
                    items.computeIfAbsent(source, first -> new ArrayList<>()).add(item));
            items.forEach((source, followers) -> prepared(source, followers)
                    .ifPresent(image -> files.add(new ControlFile(
                            kind,
                            followers.stream()
                                    .map(item -> request.firstGenerated() + item)
                                    .toList(),
                            image,
                            items.size() == 1))));
        });
        return files;
    }

    /** Returns the image that was preprocessed for some items; empty if none of them is generated. */
    private Optional<BufferedImage> prepared(Source source, List<Integer> items) {
        Map<Integer, BufferedImage> images = controls.get(source.control).images();
        return items.stream().filter(images::containsKey).map(images::get).findFirst();
    }

    /** What an image is preprocessed from: a control, in one size. */
    private record Source(int control, List<Integer> size) {}
}
