package org.atelier.samplers;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.atelier.api.sampling.NoiseSource;
import org.atelier.api.sampling.Sampler;

/** Creates the samplers as Declarative Services would. */
final class TestSamplers {

    /** Noise of a sampler that adds none; fails if it is used. */
    static final NoiseSource NO_NOISE = () -> {
        throw new AssertionError("noise is generated");
    };

    private TestSamplers() {}

    /** The samplers by name, with default options. */
    static Map<String, Sampler> all() {
        return Map.of(
                "ddim",
                ddim(0),
                "euler",
                new EulerSampler(),
                "dpm++2m",
                new DpmSolverSampler(),
                "unipc",
                new UniPcSampler());
    }

    static Sampler ddim(double eta) {
        return new DdimSampler(new Eta(eta));
    }

    private record Eta(double eta) implements DdimOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return DdimOptions.class;
        }
    }
}
