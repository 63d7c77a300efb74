package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.atelier.diffusion.window.Window;

/**
 * The channels that a UNet for inpainting receives after the scaled latents, both unscaled: the mask, and the latents of
 * the picture without the part that is repainted. References and images without a mask are repainted entirely.
 */
public final class InpaintingChannels implements InputChannels {

    private final BiFunction<Long, Long, NDArray> emptyPicture;
    private final NDManager manager;
    private final Map<Integer, NDArray> byImage = new HashMap<>();
    private final Map<Shape, NDArray> bySize = new HashMap<>();

    /**
     * @param emptyPicture encodes a picture of zeros, for a height and width of its latents
     * @param manager owns the channels; stays open as long as the set
     */
    public InpaintingChannels(BiFunction<Long, Long, NDArray> emptyPicture, NDManager manager) {
        this.emptyPicture = emptyPicture;
        this.manager = manager;
    }

    /**
     * Sets the channels of one image.
     *
     * @param mask 1 where the image is repainted, (1, 1, height, width)
     * @param maskedLatents (1, channel, height, width), multiplied by the scaling factor
     */
    public void put(int image, NDArray mask, NDArray maskedLatents) {
        byImage.put(image, joined(mask, maskedLatents));
    }

    @Override
    public NDArray append(NDArray latents, List<Integer> images, List<Window> windows) {
        NDArray whole = whole(latents.getShape());
        NDList rows = new NDList();
        for (int row = 0; row < latents.getShape().get(0); row++) {
            int index = row % images.size();
            NDArray ofImage = byImage.get(images.get(index));
            rows.add(ofImage == null ? whole : windows.get(index).cut(ofImage, latents.getManager()));
        }
        try (NDArray channels = NDArrays.concat(rows)) {
            NDArray appended = latents.concat(channels, 1);
            appended.attach(latents.getManager());
            return appended;
        }
    }

    /** The channels of an image that is repainted entirely. */
    private NDArray whole(Shape latents) {
        Shape size = latents.slice(2);
        return bySize.computeIfAbsent(size, key -> {
            try (NDArray mask = manager.ones(new Shape(1, 1).addAll(key));
                    NDArray empty = emptyPicture.apply(key.get(0), key.get(1))) {
                return joined(mask, empty);
            }
        });
    }

    private NDArray joined(NDArray mask, NDArray maskedLatents) {
        NDArray joined = mask.concat(maskedLatents, 1);
        joined.attach(manager);
        return joined;
    }
}
