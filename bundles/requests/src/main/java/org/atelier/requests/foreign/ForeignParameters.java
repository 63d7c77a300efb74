package org.atelier.requests.foreign;

import java.util.Map;
import java.util.Optional;
import org.atelier.api.metadata.GenerationParameters;

/** Reads the parameters of other programs from the texts of an image. */
public final class ForeignParameters {

    static final String STEPS = "Steps";
    static final String SAMPLER = "Sampler";
    static final String SCHEDULE = "Schedule type";
    static final String CFG_SCALE = "CFG scale";
    static final String SEED = "Seed";
    static final String SIZE = "Size";
    static final String MODEL = "Model";

    private ForeignParameters() {}

    /** @param texts of an image, by keyword; empty if none is of a program that is known */
    public static Optional<GenerationParameters> of(Map<String, String> texts) {
        return WebuiParameters.in(texts)
                .or(() -> NovelAiParameters.in(texts))
                .or(() -> InvokeAiParameters.in(texts))
                .or(() -> ComfyUiGraph.in(texts));
    }
}
