package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.atelier.diffusion.sampling.InvertedReferences;
import org.atelier.diffusion.sampling.ReferenceTrajectories;

/** A set that is generated and not decoded: the latents of every image, in the order of the prompts. */
public final class GeneratedLatents implements AutoCloseable {

    private final Pipeline pipeline;
    private final Optional<InvertedReferences> references;
    private final List<NDArray> latents;
    private final NDManager manager;

    /** @param references that were given, none for a set that follows its own first image or nothing */
    GeneratedLatents(
            Pipeline pipeline, Optional<InvertedReferences> references, List<NDArray> latents, NDManager manager) {
        this.pipeline = pipeline;
        this.references = references;
        this.latents = List.copyOf(latents);
        this.manager = manager;
    }

    /** How many images. */
    public int count() {
        return latents.size();
    }

    /** How many references were given: one, also if it was blended of several, or each that was kept apart. */
    public int references() {
        return references.map(given -> given.each().size()).orElse(0);
    }

    /** Decodes what the autoencoder kept of a reference, red-green-blue. */
    public BufferedImage reference(int index) {
        return pipeline.image(references.orElseThrow().each().get(index).clean());
    }

    /** What a later set needs of the references that were given; copied to Java's memory. */
    public Optional<ReferenceTrajectories> trajectories() {
        return references.map(InvertedReferences::trajectories);
    }

    /** Decodes one image, red-green-blue. */
    public BufferedImage image(int index) {
        return pipeline.image(latents.get(index));
    }

    /** One image's latents: (1, channel, height, width), float32, as the UNet gave them. */
    public NDArray latents(int index) {
        return latents.get(index);
    }

    @Override
    public void close() {
        manager.close();
    }
}
