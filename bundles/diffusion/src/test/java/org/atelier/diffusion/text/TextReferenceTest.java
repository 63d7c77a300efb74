package org.atelier.diffusion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import java.io.IOException;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text encoders against transformers and diffusers. */
class TextReferenceTest {

    @Test
    void encodesEveryPromptAsTheReferenceDoes() throws IOException {
        try (TinyModel model = new TinyModel();
                PromptEncoder encoder = model.promptEncoder(Precision.FLOAT32);
                PromptTokenizer tokenizer = model.folder.tokenizer("tokenizer")) {
            ReferenceTensors reference = model.reference("text");
            JsonArray prompts = TinyModel.json("text").getAsJsonArray("prompts");
            for (int i = 0; i < prompts.size(); i++) {
                String prompt = prompts.get(i).getAsString();
                assertArrayEquals(
                        reference.get("encoder_1.ids").get(i).toLongArray(),
                        tokenizer.encode(prompt).ids(),
                        prompt);
                Conditioning encoded = encoder.encode(prompt, 48, 32, model.manager);
                Conditioning.Added added = encoded.added().orElseThrow();
                String row = i + ":" + (i + 1);
                NDArray textEmbeddings =
                        reference.get("sdxl.default.prompt_embeds").get(row);
                assertEquals(0, TinyModel.distance(encoded.textEmbeddings(), textEmbeddings), 1e-5, prompt);
                NDArray pooled = reference.get("sdxl.default.pooled").get(row);
                assertEquals(0, TinyModel.distance(added.pooledTextEmbeddings(), pooled), 1e-5, prompt);
                assertArrayEquals(
                        new float[] {32, 48, 0, 0, 32, 48}, added.timeIds().toFloatArray());
            }
        }
    }

    /** Other model families use other layers, with or without final normalisation and pooled text. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, false", "1, 1, false", "1, 2, false", "1, 0, true",
        "2, 0, false", "2, 1, false", "2, 2, false", "2, 0, true"
    })
    void everyHiddenStateIsThatOfTheReference(int number, int skippedLayers, boolean finalNorm) throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("text");
            String component = number == 1 ? "text_encoder" : "text_encoder_2";
            ClipTextSettings settings = model.configuration.textModels().get(component);
            boolean pooled = number == 2;
            ClipTextModel textModel = new ClipTextModel(
                    model.weights(component),
                    settings,
                    new TextEncoding("", component, skippedLayers, finalNorm, pooled),
                    model.kernels);
            String encoder = "encoder_" + number;
            NDArray expected = reference.get(encoder
                    + (finalNorm ? ".last_hidden_state" : ".hidden_states." + (settings.layers() - skippedLayers)));
            for (int i = 0; i < expected.getShape().get(0); i++) {
                String row = i + ":" + (i + 1);
                ClipTextModel.Output output =
                        textModel.encode(reference.get(encoder + ".ids").get(i).toLongArray(), model.manager);
                assertEquals(0, TinyModel.distance(output.hiddenState(), expected.get(row)), 1e-5);
                if (pooled) {
                    NDArray expectedPooled = reference.get(encoder + ".pooled").get(row);
                    assertEquals(0, TinyModel.distance(output.pooled(), expectedPooled), 1e-5);
                }
            }
        }
    }
}
