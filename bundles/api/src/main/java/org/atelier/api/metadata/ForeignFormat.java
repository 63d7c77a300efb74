package org.atelier.api.metadata;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ProviderType;

/** Translates between requests and the parameters of other programs. */
@ProviderType
public interface ForeignFormat {

    /**
     * Returns as much of another program's parameters as a request can hold. It has no sampler if the program's has no
     * counterpart.
     *
     * @param notes takes a sentence for each parameter that the request does not hold
     */
    SetRequest request(GenerationParameters parameters, Consumer<String> notes);

    /**
     * Returns the parameters that an image names, also those that Atelier has written for other programs.
     *
     * @param texts of the image, by keyword
     */
    Optional<GenerationParameters> parameters(Map<String, String> texts);

    /** Returns stable-diffusion-webui's name of a sampler: {@code DPM++ 2M}; a sampler that it lacks has its own name in capitals. */
    String webuiSampler(String sampler);
}
