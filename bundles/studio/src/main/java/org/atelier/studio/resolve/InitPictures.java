package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.InpaintingMask;
import org.atelier.pictures.GreyLevels;
import org.atelier.pictures.Resampling;

/**
 * The pictures that the images of a set start from, resized as diffusers does. Nothing is decoded before it is needed.
 */
public final class InitPictures {

    private final OpenedSet set;
    private final SetRequest request;
    private final Map<Sized, Supplier<BufferedImage>> pictures = new HashMap<>();

    /** Images of one picture and size share its decoder, and thereby its encoding. */
    private record Sized(String file, int width, int height) {}

    public InitPictures(OpenedSet set) {
        this.set = set;
        this.request = set.request();
    }

    /**
     * Returns the picture that an image starts from; empty if it starts from noise.
     *
     * @param index of the item
     */
    public Optional<InitPicture> of(int index) {
        if (request.initImages().isEmpty() || index < request.firstInitialised()) {
            return Optional.empty();
        }
        SetItem item = request.items().get(index);
        int steps = request.sampling().steps();
        int taken = InitPicture.remainingSteps(steps, request.initImages().denoise());
        Supplier<BufferedImage> picture = pictures.computeIfAbsent(
                new Sized(at(request.initImages().images(), request, index).file(), item.width(), item.height()),
                sized -> () -> resized(sized));
        return Optional.of(new InitPicture(picture, mask(index, item), steps - taken));
    }

    /** Returns the decoder of a mask; {@code null} if the image has none. */
    private Supplier<InpaintingMask> mask(int index, SetItem item) {
        List<ImageFile> masks = request.initImages().masks();
        if (masks.isEmpty()) {
            return null;
        }
        Sized sized = new Sized(at(masks, request, index).file(), item.width(), item.height());
        return () -> {
            GreyLevels levels =
                    GreyLevels.of(resized(sized)).blurred(request.initImages().maskBlur());
            return new InpaintingMask(levels.width(), levels.height(), levels.levels());
        };
    }

    private BufferedImage resized(Sized sized) {
        return Resampling.LANCZOS.resize(set.image(sized.file).upright(), sized.width, sized.height);
    }

    /** Returns the file of an item: the only one, or that of its number. */
    static ImageFile at(List<ImageFile> files, SetRequest request, int index) {
        return files.size() == 1 ? files.get(0) : files.get(index - request.firstInitialised());
    }
}
