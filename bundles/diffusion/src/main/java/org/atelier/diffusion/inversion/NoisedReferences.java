package org.atelier.diffusion.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Solver;

/**
 * The noisy latents of references by the forward process, {@code sqrt(alphaBar) z0 + sqrt(1 - alphaBar) n}, with one noise
 * array {@code n} for all levels of a reference: those of a sampler, at which the set then finds them exactly.
 */
public final class NoisedReferences {

    private final List<Double> timesteps = new ArrayList<>();
    private final List<NoiseLevel> levels = new ArrayList<>();

    /** @param solver a timestep that it visits twice is used once */
    public NoisedReferences(Solver solver) {
        for (int step = 0; step < solver.steps(); step++) {
            if (!timesteps.contains(solver.timestep(step))) {
                timesteps.add(solver.timestep(step));
                NoiseLevel level = solver.level(step);
                double deviation = level.standardDeviation();
                levels.add(new NoiseLevel(level.alpha() / deviation, level.sigma() / deviation));
            }
        }
    }

    /** The timesteps of the latents, the noisiest first; the clean latents have none. */
    public List<Double> timesteps() {
        return List.copyOf(timesteps);
    }

    /**
     * Adds the noise of a reference to its clean latents.
     *
     * @param clean (1, channel, height, width)
     * @param noise of the same shape
     * @param manager owns the returned latents
     * @return latents at each timestep, the noisiest first, then the clean ones
     */
    public List<NDArray> latents(NDArray clean, NDArray noise, NDManager manager) {
        List<NDArray> latents = new ArrayList<>();
        try (NDManager pass = manager.newSubManager()) {
            for (NoiseLevel level : levels) {
                NDArray own = clean.duplicate();
                own.attach(pass);
                NDArray noisy = own.mul(level.alpha()).add(noise.mul(level.sigma()));
                noisy.attach(manager);
                latents.add(noisy);
            }
        }
        latents.add(clean);
        return latents;
    }
}
