package org.atelier.studio.region;

import java.awt.Dimension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.atelier.api.region.Region;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.region.ImageRegion;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.region.RegionMask;
import org.atelier.pictures.GreyLevels;
import org.atelier.pictures.SourceImage;

/** The masks of the regions of a set, in the size of the latents. Each file is decoded once for each size. */
public final class RegionMasks {

    private final int factor;
    private final Function<String, SourceImage> files;
    private final Map<Sized, RegionMask> masks = new HashMap<>();

    /** Height and width are those of the latents. */
    private record Sized(String file, int height, int width) {}

    /**
     * @param factor pixels per latent along each side
     * @param files opens the images of the request
     */
    public RegionMasks(int factor, Function<String, SourceImage> files) {
        this.factor = factor;
        this.files = files;
    }

    /** The mask of a region, in the size of an image. */
    RegionMask of(Region region, SetItem item) {
        return masks.computeIfAbsent(new Sized(region.mask(), item.height() / factor, item.width() / factor), sized -> {
            GreyLevels levels = GreyLevels.of(files.apply(sized.file).upright());
            return RegionMask.of(levels.levels(), levels.width(), sized.height, sized.width);
        });
    }

    /**
     * The regions of an image that is not the reference of the others.
     *
     * @param number of the image
     * @param item with its size
     */
    public ImageRegions of(SetRequest request, int number, SetItem item) {
        List<Region> regions = request.regions().of(number);
        return regions.isEmpty()
                ? ImageRegions.NONE
                : new ImageRegions(
                        regions.stream()
                                .map(region -> new ImageRegion(request.styledPrompt(region), of(region, item)))
                                .toList(),
                        request.regions().bootstrapping());
    }

    /**
     * Sentences that name the masks whose aspect ratio changes.
     *
     * @param isReference whether an item is the reference of the others
     */
    public List<String> notes(SetRequest request, IntPredicate isReference) {
        Set<String> notes = new LinkedHashSet<>();
        for (int index = 0; index < request.items().size(); index++) {
            SetItem item = request.items().get(index);
            List<Region> regions =
                    isReference.test(index) ? List.of() : request.regions().of(request.firstGenerated() + index);
            for (Region region : regions) {
                Dimension size = files.apply(region.mask()).size();
                if ((long) size.width * item.height() != (long) size.height * item.width()) {
                    notes.add(
                            "%s has %dx%d pixels and is resized to %dx%d, which changes its aspect ratio; draw the mask in the size of the image."
                                    .formatted(
                                            Path.of(region.mask()).getFileName(),
                                            size.width,
                                            size.height,
                                            item.width(),
                                            item.height()));
                }
            }
        }
        return new ArrayList<>(notes);
    }
}
