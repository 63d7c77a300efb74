package org.atelier.studio.region;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.region.Region;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.studio.input.InputFiles;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Resolves and checks the regions of a request. */
public final class RegionResolver {

    private static final int MAX_REGIONS = 1000;

    private RegionResolver() {}

    /** Checks the numbers, and reads the masks. */
    public static void resolve(SetRequest request, SetRequestBuilder resolved, InputFiles inputs, Faults faults) {
        double share = request.regions().bootstrapping();
        faults.require(
                share >= 0 && share <= 1, "The region_bootstrapping must be from 0 to 1, not %s.".formatted(share));
        List<Region> regions = request.regions().list();
        if (regions.size() > MAX_REGIONS) {
            faults.add("A set has at most %d regions, not %d.".formatted(MAX_REGIONS, regions.size()));
            return;
        }
        List<Region> read = new ArrayList<>();
        for (Region region : regions) {
            int number = read.size() + 1;
            check(region, number, request, faults);
            Path file = InputPath.of(region.mask());
            read.add(region.withMask(
                    file.toString(), VerifiedImage.sha256(file, region.sha256(), "regions", inputs, faults)));
        }
        resolved.regions(read);
    }

    private static void check(Region region, int number, SetRequest request, Faults faults) {
        String title = "Region " + number;
        faults.require(!region.prompt().isBlank(), title + " has no prompt; say what it shows.");
        int first = request.firstGenerated();
        int last = first + request.items().size() - 1;
        Integer image = region.image();
        if (image != null && (image < first || image > last) && last >= first) {
            faults.add(
                    first == last
                            ? "%s is in image %d, but the only image with a prompt is %d."
                                    .formatted(title, image, first)
                            : "%s is in image %d, but the images with prompts are %d to %d."
                                    .formatted(title, image, first, last));
        }
    }

    /**
     * Checks the regions of each image.
     *
     * @param request resolved
     * @param isReference whether an item is the reference of the others
     */
    public static void check(SetRequest request, RegionMasks masks, IntPredicate isReference, Faults faults) {
        if (request.regions().isEmpty()) {
            return;
        }
        if (isReference.test(0)) {
            faults.require(
                    request.regions().list().stream().allMatch(region -> region.image() == null || region.image() != 0),
                    "Image 0 is the style reference of the others, so it has no regions; give them to another image, or choose another attention.");
            faults.require(
                    request.items().size() > 1,
                    "The regions apply to no image, since the only image is the style reference; give more prompts.");
        }
        for (int index = 0; index < request.items().size(); index++) {
            int number = request.firstGenerated() + index;
            if (!isReference.test(index)) {
                for (Region region : request.regions().of(number)) {
                    checkMask(region, number, request.items().get(index), masks, faults);
                }
            }
        }
    }

    private static void checkMask(Region region, int number, SetItem item, RegionMasks masks, Faults faults) {
        try {
            faults.require(
                    !masks.of(region, item).isEmpty(),
                    "%s: The mask selects nothing of image %d: no pixel that stands for a latent has a grey level of 128 or more; draw the region in white."
                            .formatted(region.mask(), number));
        } catch (AtelierException e) {
            faults.add(e);
        }
    }
}
