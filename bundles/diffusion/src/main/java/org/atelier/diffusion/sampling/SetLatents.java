package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.diffusion.schedule.Sampler;
import org.atelier.models.safetensors.FloatTensor;

/** The latents of a set's pictures on their way from noise, and what the sampler remembers of each way. */
final class SetLatents {

    private final Sampler sampler;
    private final NDManager manager;
    private final List<NDArray> latents = new ArrayList<>();
    private final List<Sampler.Trajectory> trajectories = new ArrayList<>();

    /** @param manager that they belong to */
    SetLatents(Sampler sampler, NDManager manager) {
        this.sampler = sampler;
        this.manager = manager;
    }

    /** @param noise of the next picture, standard normal, (1, channel, height, width) */
    void add(NDArray noise) {
        NDArray first = noise.mul(sampler.initialScale());
        first.attach(manager);
        latents.add(first);
        trajectories.add(sampler.start(manager));
    }

    /** How many pictures. */
    int count() {
        return latents.size();
    }

    /** Of every picture, (1, channel, height, width). */
    List<NDArray> each() {
        return latents;
    }

    /** What the UNet is shown of a picture, in {@code memory}. */
    NDArray shown(int picture, int step, NDManager memory) {
        NDArray own = latents.get(picture).duplicate();
        own.attach(memory);
        return sampler.scale(own, step);
    }

    /**
     * Takes one picture's step.
     *
     * @param prediction what the UNet answered, after guidance
     * @return the clean latents as they seem at this step, to be closed by the caller
     */
    NDArray advance(int picture, int step, NDArray prediction) {
        NDArray before = latents.get(picture);
        Sampler.Step made = trajectories.get(picture).step(step, before, prediction);
        latents.set(picture, made.latents());
        before.close();
        return made.original();
    }

    /** Of each picture its latents and behind them what the sampler remembers, copied to Java's memory. */
    List<FloatTensor> state() {
        return IntStream.range(0, count()).mapToObj(this::kept).toList();
    }

    private FloatTensor kept(int picture) {
        List<NDArray> all = new ArrayList<>(List.of(latents.get(picture)));
        all.addAll(trajectories.get(picture).remembered());
        return StackedLatents.of(all);
    }

    /**
     * Puts every picture where it was.
     *
     * @throws AtelierException INPUT_UNREADABLE if that is no state of these pictures
     */
    void goOnFrom(DenoisingState state) {
        boolean fits = state.done() >= 1
                && state.done() <= sampler.steps()
                && state.pictures().size() == count()
                && IntStream.range(0, count())
                        .allMatch(picture -> StackedLatents.areLike(
                                latents.get(picture), state.pictures().get(picture)));
        if (!fits) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "The checkpoint is of another set; remove it, and the set goes on from its noise.");
        }
        for (int picture = 0; picture < count(); picture++) {
            goOnFrom(state.pictures().get(picture), picture);
        }
    }

    private void goOnFrom(FloatTensor kept, int picture) {
        List<NDArray> all = StackedLatents.apart(kept, manager);
        latents.set(picture, all.get(0)).close();
        List<NDArray> remembered = all.subList(1, all.size());
        trajectories.get(picture).remember(remembered);
        remembered.forEach(NDArray::close);
    }
}
