package org.atelier.requests.foreign;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.metadata.GenerationParameters;

/** NovelAI's: an object in {@code Comment}, the prompt again in {@code Description}. */
final class NovelAiParameters {

    private NovelAiParameters() {}

    static Optional<GenerationParameters> in(Map<String, String> texts) {
        return Stream.of("Comment", "EXIF UserComment")
                .flatMap(keyword -> ForeignJson.object(texts.get(keyword)).stream())
                .flatMap(comment -> nested(comment).stream())
                .filter(comment -> comment.has("uc") || (comment.has("prompt") && comment.has("sampler")))
                .findFirst()
                .map(comment -> parameters(comment, texts.getOrDefault("Description", "")));
    }

    /** In EXIF the whole of the texts is one object, whose Comment is a text again. */
    private static Optional<JsonObject> nested(JsonObject comment) {
        Optional<String> inner = ForeignJson.text(comment, "Comment");
        return inner.isPresent() ? ForeignJson.object(inner.get()) : Optional.of(comment);
    }

    private static GenerationParameters parameters(JsonObject comment, String description) {
        Map<String, String> settings = new LinkedHashMap<>();
        ForeignJson.copy(comment, "steps", settings, ForeignParameters.STEPS);
        ForeignJson.copy(comment, "sampler", settings, ForeignParameters.SAMPLER);
        ForeignJson.copy(comment, "noise_schedule", settings, ForeignParameters.SCHEDULE);
        ForeignJson.copy(comment, "scale", settings, ForeignParameters.CFG_SCALE);
        ForeignJson.copy(comment, "seed", settings, ForeignParameters.SEED);
        ForeignJson.copySize(comment, settings);
        return new GenerationParameters(
                "NovelAI",
                ForeignJson.text(comment, "prompt").orElse(description),
                ForeignJson.text(comment, "uc").orElse(""),
                settings);
    }
}
