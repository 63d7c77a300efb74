package org.atelier.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.studio.region.RegionMasks;
import org.atelier.studio.resolve.InitPictures;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.PanoramaResolver;

/** Translates an opened set into the parameters of its generation. */
final class GenerationSpecs {

    private GenerationSpecs() {}

    /** All images of the set, and all its references. */
    static GenerationSpec of(OpenedSet set) {
        return of(set, IntStream.range(0, set.request().items().size()).boxed().toList());
    }

    /**
     * The set, of which only some images are generated.
     *
     * @param items indices of the items that are generated, ascending
     */
    static GenerationSpec of(OpenedSet set, List<Integer> items) {
        SetRequest request = set.request();
        InitPictures pictures = new InitPictures(set);
        RegionMasks masks = set.regionMasks();
        return new GenerationSpec(
                IntStream.range(0, request.items().size())
                        .mapToObj(i -> image(set, i, pictures, masks))
                        .toList(),
                request.negativePrompt(),
                set.sampler(),
                request.sampling().steps(),
                request.sampling().cfgScale(),
                request.execution().chunk(),
                new StyleWindow(request.sharing().from(), request.sharing().to()),
                references(set, items),
                request.sampling().guidanceRescale(),
                request.modelOptions().clipSkip(),
                items);
    }

    private static ImageSpec image(OpenedSet set, int index, InitPictures pictures, RegionMasks masks) {
        SetRequest request = set.request();
        int number = request.firstGenerated() + index;
        SetItem item = request.itemOf(number);
        return new ImageSpec(
                request.styledPrompt(index),
                item.seed(),
                item.width(),
                item.height(),
                set.strategies().of(item),
                pictures.of(index).orElse(null),
                PanoramaResolver.grid(set, index),
                PanoramaResolver.isReference(set, index) ? ImageRegions.NONE : masks.of(request, number, item));
    }

    /** Returns the references; {@code null} if there are none. */
    private static GivenReferences references(OpenedSet set, List<Integer> items) {
        SetRequest request = set.request();
        if (set.trajectories().isPresent()) {
            return set.trajectories().get();
        }
        if (request.references().isEmpty()) {
            return null;
        }
        boolean addsNoise = request.inversion().method() == InversionMethod.NOISE;
        List<ReferenceImage> images = new ArrayList<>(IntStream.range(
                        0, request.references().images().size())
                .mapToObj(index -> {
                    ReferenceFile reference = request.references().images().get(index);
                    return new ReferenceImage(
                            set.image(reference.file())
                                    .sized(PanoramaResolver.referenceWidth(set), PanoramaResolver.referenceHeight(set)),
                            request.referencePrompt(index),
                            reference.weight());
                })
                .toList());
        for (int i = 0; i < request.references().contents().size(); i++) {
            // The noise of a reference depends on its number among all references, so none is left out.
            if (addsNoise || items.contains(i)) {
                images.add(content(set, i));
            }
        }
        return new ReferenceImages(
                images,
                set.blend().orElse(null),
                addsNoise
                        ? new ReferenceInversion.Noise(request.seed())
                        : new ReferenceInversion.Ddim(
                                request.inversion().steps(),
                                request.inversion().cfgScale(),
                                request.inversion().offset()));
    }

    /** Returns the content of an image, which is inverted with the prompt of the image. */
    private static ReferenceImage content(OpenedSet set, int index) {
        SetRequest request = set.request();
        SetItem item = request.itemOf(request.firstGenerated() + index);
        return new ReferenceImage(
                set.image(request.references().contents().get(index).file()).sized(item.width(), item.height()),
                request.styledPrompt(index),
                new ReferenceUse(Role.CONTENT, 1, Set.of(index)));
    }
}
