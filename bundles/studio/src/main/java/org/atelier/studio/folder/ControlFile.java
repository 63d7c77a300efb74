package org.atelier.studio.folder;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.studio.resolve.PreparedControl;

/**
 * A picture that a set's ControlNets saw.
 *
 * @param kind of the control
 * @param pictures of the set that followed it, by number
 * @param shown what was seen
 * @param alone whether all that followed this kind followed this one
 */
public record ControlFile(String kind, List<Integer> pictures, BufferedImage shown, boolean alone) {

    /**
     * Each once, by kind and by the first picture that followed it.
     *
     * @param firstDrawn the number of item 0
     */
    public static List<ControlFile> of(List<PreparedControl> controls, int firstDrawn) {
        Map<String, Map<Integer, BufferedImage>> byKind = new LinkedHashMap<>();
        controls.forEach(prepared -> byKind.computeIfAbsent(prepared.control().kind(), kind -> new TreeMap<>())
                .putAll(prepared.pictures()));
        List<ControlFile> files = new ArrayList<>();
        byKind.forEach((kind, pictures) -> {
            Map<BufferedImage, List<Integer>> numbers = new LinkedHashMap<>();
            pictures.forEach((item, picture) ->
                    numbers.computeIfAbsent(picture, first -> new ArrayList<>()).add(firstDrawn + item));
            numbers.forEach(
                    (picture, followers) -> files.add(new ControlFile(kind, followers, picture, numbers.size() == 1)));
        });
        return files;
    }

    /** @param numbers how many pictures are numbered in the set */
    public String name(int numbers) {
        return alone
                ? "control-" + kind + ".png"
                : "control-" + kind + "-" + SetFolder.pictureName(pictures.get(0), numbers);
    }
}
