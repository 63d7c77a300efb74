package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/** The denoised latents of the generated images of a set, not yet decoded. */
public final class GeneratedLatents implements AutoCloseable {

    private final ImageDecoder decoder;
    private final List<ImageSpec> images;
    private final Optional<InvertedReferences> references;
    private final SortedMap<Integer, NDArray> latents;
    private final NDManager manager;

    /**
     * @param images the spec of each image of the set
     * @param references the given references; empty if the set uses its own first image or none
     * @param latents by the index of the image
     */
    GeneratedLatents(
            ImageDecoder decoder,
            List<ImageSpec> images,
            Optional<InvertedReferences> references,
            Map<Integer, NDArray> latents,
            NDManager manager) {
        this.decoder = decoder;
        this.images = images;
        this.references = references;
        this.latents = Collections.unmodifiableSortedMap(new TreeMap<>(latents));
        this.manager = manager;
    }

    /** The indices of the images in the set, ascending. */
    public List<Integer> indices() {
        return List.copyOf(latents.keySet());
    }

    /** The number of images. */
    public int count() {
        return latents.size();
    }

    /** The number of given style references; a blend of several counts as one. */
    public int references() {
        return (int) references.stream()
                .flatMap(given -> given.inverted().stream())
                .filter(reference -> reference.use().role() == Role.STYLE)
                .count();
    }

    /** Decodes the clean latents of a reference to an RGB image. */
    public BufferedImage reference(int index) {
        return decoder.decode(
                references.orElseThrow().inverted().get(index).clean(), "the decoded reference " + (index + 1));
    }

    /** The trajectories of the given references for reuse by a later set, copied to the Java heap. */
    public Optional<ReferenceTrajectories> trajectories() {
        return references.map(InvertedReferences::trajectories);
    }

    /** Decodes one image to RGB. The part of a picture outside its mask is pasted into it. */
    public BufferedImage image(int index) {
        String what = "the decoded image of prompt " + (index + 1);
        BufferedImage decoded = images.get(index).isCircular(decoder.factor())
                ? decoder.decodeCircular(latents.get(index), what)
                : decoder.decode(latents.get(index), what);
        return images.get(index).start() instanceof InitPicture init && init.isMasked()
                ? init.mask().get().paste(init.picture().get(), decoded)
                : decoded;
    }

    /** The latents of one image, (1, channel, height, width), float32, multiplied by the scaling factor. */
    public NDArray latents(int index) {
        return latents.get(index);
    }

    @Override
    public void close() {
        manager.close();
    }
}
