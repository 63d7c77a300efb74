package org.atelier.diffusion.schedule;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** The samplers by the names that a user gives them. */
public final class Samplers {

    private static final List<String> NAMES = List.of("ddim", "euler", "dpm++2m", "unipc");

    private Samplers() {}

    /** Every known name. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A sampler for a model, whichever one the model's own configuration names: keys that are absent there take the
     * defaults of this sampler, as with {@code from_config} of diffusers. The order and the kind of a solver are in its
     * name, whatever the configuration says.
     *
     * @param name one of {@link #names()}
     * @param steps at least 1, and fewer than the model's training timesteps
     * @throws AtelierException {@link Code#INVALID_REQUEST} for an unknown name or a number of steps out of range;
     *     {@link Code#MODEL_INVALID} for a model that asks this sampler for what it cannot do
     */
    public static Sampler create(String name, NoiseSchedule schedule, int steps) {
        int lastTimestep = schedule.trainTimesteps() - 1;
        if (steps < 1 || steps > lastTimestep) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "The number of steps is " + steps + ": ask for 1 to " + lastTimestep + ".");
        }
        return switch (name) {
            case "ddim" -> new DdimSampler(schedule, steps);
            case "euler" -> new EulerSampler(schedule, steps);
            case "dpm++2m" -> new DpmSolverSampler(schedule, steps);
            case "unipc" -> new UniPcSampler(schedule, steps);
            default ->
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "There is no sampler '" + name + "': choose one of " + String.join(", ", NAMES) + ".");
        };
    }
}
