package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.sampling.GenerationListener;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StyleWindow;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole sets of the tiny model against StableDiffusionXLPipeline with the reference processors. */
class TrajectoriesReferenceTest {

    /**
     * Latents have a standard deviation of 13, and the reference itself differs by 7e-5 between float32 and float64.
     */
    private static final double LATENTS_BOUND = 3e-4;

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    @TestFactory
    Stream<DynamicTest> everySet() throws IOException {
        JsonObject json = TinyModel.json("trajectories");
        ReferenceTensors reference = LOADED.model().reference("trajectories");
        List<String> prompts = json.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> named : ReferenceCases.of(
                json.getAsJsonObject("cases"),
                11,
                "euler",
                "dpm++2m",
                "unipc",
                "everything",
                "full",
                "negative",
                "unguided-unaligned",
                "wide")) {
            JsonObject set = named.getValue().getAsJsonObject();
            GenerationSpec generation = new GenerationSpec(
                    ImageSpec.each(
                            prompts,
                            json.get("seed").getAsLong(),
                            set.get("width").getAsInt(),
                            set.get("height").getAsInt()),
                    set.get("negative").getAsBoolean()
                            ? json.get("negative_prompt").getAsString()
                            : null,
                    TestSamplers.named(set.get("sampler").getAsString()),
                    json.get("steps").getAsInt(),
                    set.get("guidance").getAsDouble(),
                    1,
                    StyleWindow.ALL_STEPS,
                    null);
            NDArray expected = reference
                    .get(named.getKey() + ".latents")
                    .get(json.get("steps").getAsInt() - 1);
            tests.add(DynamicTest.dynamicTest(
                    named.getKey(), () -> assertGenerates(generation, strategy(set), expected)));
        }
        return tests.stream();
    }

    private static AttentionStrategy strategy(JsonObject set) {
        if (set.get("sharing").isJsonNull()) {
            return Strategies.unaligned();
        }
        JsonObject flags = set.getAsJsonObject("sharing");
        return flags.get("full").getAsBoolean() ? Strategies.full(flags) : Strategies.of(flags);
    }

    private static void assertGenerates(GenerationSpec generation, AttentionStrategy strategy, NDArray expected) {
        try (GeneratedLatents generated =
                LOADED.pipeline().generate(generation, strategy, new GenerationListener() {})) {
            for (int image = 0; image < generated.count(); image++) {
                NDArray latents = generated.latents(image);
                assertEquals(0, TinyModel.distance(latents, expected.get(image + ":" + (image + 1))), LATENTS_BOUND);
            }
        }
    }
}
