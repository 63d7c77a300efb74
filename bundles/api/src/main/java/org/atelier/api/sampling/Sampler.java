package org.atelier.api.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A sampler. Each set has its own instance.
 *
 * <p>A sampler is a Declarative Services component <em>factory</em>: its constructor receives the set's options as a
 * typed object, with defaults from its configuration:
 *
 * <pre>{@code
 * @Designate(ocd = Options.class)
 * @Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=mine")
 * public final class MySampler implements Sampler {
 *     @Activate
 *     public MySampler(Options options) { ... }
 * }
 * }</pre>
 */
@ConsumerType
@FunctionalInterface
public interface Sampler {

    /** The {@code component.factory} name of every sampler. */
    String FACTORY = "org.atelier.sampler";

    /**
     * Returns the solver for a model. The model's configuration may be of another sampler: absent keys have the
     * defaults of this sampler, as with {@code from_config} of diffusers.
     *
     * @param steps 1 to one less than the model's training timesteps
     * @throws AtelierException {@link Code#MODEL_INVALID} if the configuration has a setting that this sampler does not
     *     support; {@link Code#INVALID_REQUEST} if the model does not allow this number of steps
     */
    Solver solver(NoiseSchedule schedule, int steps);
}
