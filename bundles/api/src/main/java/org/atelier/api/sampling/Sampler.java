package org.atelier.api.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way from noise to an image; one instance generates one set.
 *
 * <p>A sampler is a declarative-services component <em>factory</em>, so that a set's options arrive typed at its
 * constructor, over the defaults of its configuration, without any code of its own:
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
     * The steps for a model, whichever sampler the model's own configuration names: keys that are absent there take the
     * defaults of this sampler, as with {@code from_config} of diffusers.
     *
     * @param steps 1 to one less than the model's training timesteps
     * @throws AtelierException {@link Code#MODEL_INVALID} for a model that asks for what this sampler does not do;
     *     {@link Code#INVALID_REQUEST} where the model has no such number of steps
     */
    Solver solver(NoiseSchedule schedule, int steps);
}
