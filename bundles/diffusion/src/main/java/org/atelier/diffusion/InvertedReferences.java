package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atelier.models.FloatTensor;

/**
 * Reference pictures on their way from noise: what the network is shown of them at each step of a set. Only latents are
 * kept; keys and values are made anew in each step's one pass.
 *
 * @param each one or several, their weights sum to 1
 * @param timesteps at which their latents are met, the noisiest first
 * @param offset how many of the noisiest are left out, for they are the furthest from any picture
 */
record InvertedReferences(List<Inverted> each, List<Double> timesteps, int offset) {

    /** Of a set, or a part of it, that takes nothing from any. */
    static final InvertedReferences NONE = new InvertedReferences(List.of(), List.of(), 0);

    /**
     * One reference.
     *
     * @param prompt what it shows, in words
     * @param latents at each timestep, and last the clean ones: (1, channel, height, width)
     * @param condition what it shows
     * @param weight its share, in (0, 1]
     */
    record Inverted(String prompt, List<NDArray> latents, Condition condition, double weight) {

        /** What the autoencoder made of the picture. */
        NDArray clean() {
            return latents.get(latents.size() - 1);
        }
    }

    List<Double> weights() {
        return each.stream().map(Inverted::weight).toList();
    }

    List<Condition> conditions() {
        return each.stream().map(Inverted::condition).toList();
    }

    /**
     * What the network is shown at a step, whatever the sampler: latents of unit variance, as DDIM has them.
     *
     * @param first whether this is the set's first step
     * @param timestep of the sampler
     * @return (1, channel, height, width) of each reference
     */
    List<NDArray> shown(boolean first, double timestep) {
        // The reference implementation begins at the offset and goes on behind it.
        int at = first ? offset : Math.max(offset + 1, nearest(timestep));
        return each.stream().map(inverted -> inverted.latents.get(at)).toList();
    }

    /** What a later set needs of them: nothing of the noisiest that are left out. */
    Trajectories trajectories() {
        List<Trajectory> kept = new ArrayList<>();
        for (Inverted inverted : each) {
            NDList latents = new NDList(inverted.latents.subList(offset, inverted.latents.size()));
            try (NDArray joined = NDArrays.concat(latents)) {
                List<Long> shape =
                        Arrays.stream(joined.getShape().getShape()).boxed().toList();
                FloatTensor values = new FloatTensor(shape, FloatBuffer.wrap(joined.toFloatArray()));
                kept.add(new Trajectory(inverted.prompt, inverted.weight, values));
            }
        }
        return new Trajectories(kept, timesteps.subList(offset, timesteps.size()));
    }

    /** Latents of a trajectory, one array for each step: (1, channel, height, width). */
    static List<NDArray> latents(Trajectory trajectory, NDManager manager) {
        long[] sides =
                trajectory.latents().shape().stream().mapToLong(Long::longValue).toArray();
        Shape shape = new Shape(1, sides[1], sides[2], sides[3]);
        FloatBuffer values = trajectory.latents().values().duplicate();
        List<NDArray> latents = new ArrayList<>();
        for (int i = 0; i < sides[0]; i++) {
            float[] step = new float[(int) shape.size()];
            values.get(step);
            latents.add(manager.create(step, shape));
        }
        return latents;
    }

    private int nearest(double timestep) {
        int nearest = 0;
        for (int i = 1; i < timesteps.size(); i++) {
            if (Math.abs(timesteps.get(i) - timestep) < Math.abs(timesteps.get(nearest) - timestep)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
