package org.atelier.requests.foreign;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.metadata.GenerationParameters;

/** InvokeAI's: an object in {@code invokeai_metadata}, in {@code sd-metadata} before its version 3. */
final class InvokeAiParameters {

    private InvokeAiParameters() {}

    static Optional<GenerationParameters> in(Map<String, String> texts) {
        return ForeignJson.object(texts.get("invokeai_metadata"))
                .map(InvokeAiParameters::current)
                .or(() -> ForeignJson.object(texts.get("sd-metadata")).map(InvokeAiParameters::earlier));
    }

    private static GenerationParameters current(JsonObject metadata) {
        Map<String, String> settings = settings(metadata, "scheduler");
        ForeignJson.object(metadata, "model")
                .ifPresent(model -> ForeignJson.copy(
                        model, model.has("name") ? "name" : "model_name", settings, ForeignParameters.MODEL));
        return new GenerationParameters(
                "InvokeAI",
                ForeignJson.text(metadata, "positive_prompt").orElse(""),
                ForeignJson.text(metadata, "negative_prompt").orElse(""),
                settings);
    }

    private static GenerationParameters earlier(JsonObject metadata) {
        JsonObject image = ForeignJson.object(metadata, "image").orElseGet(JsonObject::new);
        Map<String, String> settings = settings(image, "sampler");
        ForeignJson.copy(metadata, "model_weights", settings, ForeignParameters.MODEL);
        return new GenerationParameters("InvokeAI", prompt(image), "", settings);
    }

    /** A text, or a list of prompts of which the first counts. */
    private static String prompt(JsonObject image) {
        return ForeignJson.text(image, "prompt")
                .or(() -> ForeignJson.array(image, "prompt")
                        .filter(prompts -> !prompts.isEmpty())
                        .flatMap(InvokeAiParameters::first))
                .orElse("");
    }

    private static Optional<String> first(JsonArray prompts) {
        return prompts.get(0) instanceof JsonObject prompt
                ? ForeignJson.text(prompt, "prompt")
                : Optional.of(prompts.get(0))
                        .filter(JsonPrimitive.class::isInstance)
                        .map(text -> text.getAsString());
    }

    private static Map<String, String> settings(JsonObject json, String sampler) {
        Map<String, String> settings = new LinkedHashMap<>();
        ForeignJson.copy(json, "steps", settings, ForeignParameters.STEPS);
        ForeignJson.copy(json, sampler, settings, ForeignParameters.SAMPLER);
        ForeignJson.copy(json, "cfg_scale", settings, ForeignParameters.CFG_SCALE);
        ForeignJson.copy(json, "seed", settings, ForeignParameters.SEED);
        ForeignJson.copySize(json, settings);
        return settings;
    }
}
