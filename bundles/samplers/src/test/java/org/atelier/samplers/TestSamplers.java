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

    /** The samplers that add no noise, by name. */
    static Map<String, Sampler> all() {
        Options options = new Options("model", "model", 0, 0);
        return Map.of(
                "ddim",
                new DdimSampler(options),
                "euler",
                new EulerSampler(options),
                "dpm++2m",
                new DpmSolverSampler(options),
                "unipc",
                new UniPcSampler(options));
    }

    /** The samplers that add noise, by name, with this much of it; lcm has no such option. */
    static Map<String, Sampler> noisy(double noise) {
        Options options = new Options("model", "model", noise, noise);
        return Map.of(
                "ddim",
                new DdimSampler(options),
                "euler-ancestral",
                new EulerAncestralSampler(options),
                "dpm++2m-sde",
                new DpmSolverSdeSampler(options),
                "lcm",
                lcm(""),
                "tcd",
                new TcdSampler(options));
    }

    /** @param timesteps separated by commas; empty for those of the distillation */
    static Sampler lcm(String timesteps) {
        return new LcmSampler(new Lcm(timesteps));
    }

    private record Lcm(String timesteps) implements LcmOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return LcmOptions.class;
        }
    }

    /** PNDM, which combines noise or, as diffusers, outputs of the network. */
    static Sampler pndm(String combine) {
        return new PndmSampler(new Pndm("model", combine));
    }

    private record Pndm(String spacing, String combine) implements PndmOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return PndmOptions.class;
        }
    }

    static Sampler ddim(double eta) {
        return noisy(eta).get("ddim");
    }

    private record Options(String spacing, String sigmas, double eta, double gamma)
            implements DdimOptions,
                    EulerOptions,
                    EulerAncestralOptions,
                    DpmSolverOptions,
                    DpmSolverSdeOptions,
                    UniPcOptions,
                    TcdOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return DdimOptions.class;
        }
    }
}
