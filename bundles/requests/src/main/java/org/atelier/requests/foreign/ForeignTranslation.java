package org.atelier.requests.foreign;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.metadata.ForeignFormat;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.set.SetRequest;
import org.osgi.service.component.annotations.Component;

/** The translations of this package, for front ends. */
@Component
public final class ForeignTranslation implements ForeignFormat {

    @Override
    public SetRequest request(GenerationParameters parameters, Consumer<String> notes) {
        return ForeignRequest.of(parameters, notes);
    }

    @Override
    public Optional<GenerationParameters> parameters(Map<String, String> texts) {
        return ForeignParameters.of(texts);
    }

    @Override
    public String webuiSampler(String sampler) {
        return ForeignSamplers.webuiName(sampler);
    }
}
