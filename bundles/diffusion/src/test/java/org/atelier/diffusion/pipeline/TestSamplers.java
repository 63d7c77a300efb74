package org.atelier.diffusion.pipeline;

import java.lang.annotation.Annotation;
import java.util.List;
import org.atelier.api.sampling.Sampler;
import org.atelier.samplers.DdimOptions;
import org.atelier.samplers.DdimSampler;
import org.atelier.samplers.DpmSolverSampler;
import org.atelier.samplers.EulerSampler;
import org.atelier.samplers.UniPcSampler;

/** The samplers with their default options. */
public final class TestSamplers {

    public static final List<String> NAMES = List.of("ddim", "euler", "dpm++2m", "unipc");

    private TestSamplers() {}

    /** A sampler with its default options; {@code ddim with noise} is DDIM with eta 0.7. */
    public static Sampler named(String name) {
        return switch (name) {
            case "ddim" -> ddim(0);
            case "ddim with noise" -> ddim(0.7);
            case "euler" -> new EulerSampler();
            case "dpm++2m" -> new DpmSolverSampler();
            case "unipc" -> new UniPcSampler();
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static Sampler ddim(double eta) {
        return new DdimSampler(new Eta(eta));
    }

    private record Eta(double eta) implements DdimOptions {

        @Override
        public Class<? extends Annotation> annotationType() {
            return DdimOptions.class;
        }
    }
}
