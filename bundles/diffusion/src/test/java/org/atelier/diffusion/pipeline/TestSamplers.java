package org.atelier.diffusion.pipeline;

import java.lang.annotation.Annotation;
import java.util.List;
import org.atelier.api.sampling.Sampler;
import org.atelier.samplers.DdimOptions;
import org.atelier.samplers.DdimSampler;
import org.atelier.samplers.DpmSolverOptions;
import org.atelier.samplers.DpmSolverSampler;
import org.atelier.samplers.DpmSolverSdeOptions;
import org.atelier.samplers.DpmSolverSdeSampler;
import org.atelier.samplers.EulerAncestralOptions;
import org.atelier.samplers.EulerAncestralSampler;
import org.atelier.samplers.EulerOptions;
import org.atelier.samplers.EulerSampler;
import org.atelier.samplers.LcmOptions;
import org.atelier.samplers.LcmSampler;
import org.atelier.samplers.PndmOptions;
import org.atelier.samplers.PndmSampler;
import org.atelier.samplers.TcdOptions;
import org.atelier.samplers.TcdSampler;
import org.atelier.samplers.UniPcOptions;
import org.atelier.samplers.UniPcSampler;

/** The samplers with their default options, or with others. */
public final class TestSamplers {

    public static final List<String> NAMES = List.of("ddim", "euler", "dpm++2m", "unipc");

    private TestSamplers() {}

    /** A sampler with its default options, TCD with gamma 0.3; {@code ddim with noise} is DDIM with eta 0.7. */
    public static Sampler named(String name) {
        return switch (name) {
            case "ddim" -> ddim(0);
            case "ddim with noise" -> ddim(0.7);
            case "ddim with eta 1" -> ddim(1);
            case "tcd" -> named(name, "model", "model", 0.3);
            default -> named(name, "model", "model", 1);
        };
    }

    /** @param noise eta or gamma, for a sampler that has one of them */
    public static Sampler named(String name, String spacing, String sigmas, double noise) {
        Options options = new Options(spacing, sigmas, noise, noise);
        return switch (name) {
            case "ddim" -> new DdimSampler(options);
            case "euler" -> new EulerSampler(options);
            case "euler-ancestral" -> new EulerAncestralSampler(options);
            case "dpm++2m" -> new DpmSolverSampler(options);
            case "dpm++2m-sde" -> new DpmSolverSdeSampler(options);
            case "unipc" -> new UniPcSampler(options);
            case "lcm" -> new LcmSampler(options);
            case "pndm" -> new PndmSampler(options);
            case "tcd" -> new TcdSampler(options);
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static Sampler ddim(double eta) {
        return named("ddim", "model", "model", eta);
    }

    private record Options(String spacing, String sigmas, double eta, double gamma)
            implements PndmOptions,
                    DdimOptions,
                    EulerOptions,
                    EulerAncestralOptions,
                    DpmSolverOptions,
                    DpmSolverSdeOptions,
                    UniPcOptions,
                    LcmOptions,
                    TcdOptions {

        /** Those of the distillation. */
        @Override
        public String timesteps() {
            return "";
        }

        /** As diffusers. */
        @Override
        public String combine() {
            return OUTPUT;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return DdimOptions.class;
        }
    }
}
