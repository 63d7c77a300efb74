package org.atelier.studio.resolve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.models.library.RecommendedSettings;
import org.atelier.models.source.ModelSource;

/** Gives the open sampling settings of a request the values that its model recommends. */
final class ModelRecommendation {

    private static final int STEPS = 50;
    private static final String SAMPLER = "ddim";

    private ModelRecommendation() {}

    /**
     * Returns the completed request.
     *
     * @param model a model that cannot be opened recommends nothing; the error is reported where the model is opened
     * @param faults collects what is wrong with the recommendation itself
     */
    static SetRequest apply(SetRequest request, Supplier<ModelSource> model, Faults faults) {
        RecommendedSettings recommended = recommended(request, model, faults);
        SetRequestBuilder complete = request.toBuilder();
        if (request.sampling().sampler() == null) {
            complete.sampler(recommended.sampler().orElse(SAMPLER));
            Map<String, Object> options = new HashMap<>(recommended.samplerOptions());
            options.putAll(request.sampling().samplerOptions());
            complete.samplerOptions(options);
        }
        if (request.sampling().steps() == null) {
            complete.steps(recommended.steps().orElse(STEPS));
        }
        if (request.sampling().cfgScale() == null) {
            recommended.cfgScale().ifPresent(complete::cfgScale);
        }
        if (request.modelOptions().prediction() == null) {
            recommended.prediction().ifPresent(complete::prediction);
        }
        if (request.inversion().method() == null && !request.references().isEmpty()) {
            complete.inversionMethod(recommended.inversionMethod().orElse(InversionMethod.DDIM));
        }
        return complete.build();
    }

    private static RecommendedSettings recommended(SetRequest request, Supplier<ModelSource> model, Faults faults) {
        Stream<String> loras = request.modelOptions().loras().stream().map(LoraInput::lora);
        Optional<RecommendedSettings> distilled =
                loras.flatMap(name -> RecommendedSettings.named(name).stream()).findFirst();
        if (distilled.isPresent()) {
            return distilled.get();
        }
        Optional<ModelSource> opened = opened(model);
        try {
            return opened.map(RecommendedSettings::of).orElse(RecommendedSettings.NONE);
        } catch (AtelierException e) {
            faults.add(e);
            return RecommendedSettings.NONE;
        }
    }

    private static Optional<ModelSource> opened(Supplier<ModelSource> model) {
        try {
            return Optional.of(model.get());
        } catch (AtelierException e) {
            return Optional.empty();
        }
    }
}
