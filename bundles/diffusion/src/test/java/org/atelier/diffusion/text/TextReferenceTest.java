package org.atelier.diffusion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import java.io.IOException;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.api.Test;

/** The text encoders against transformers and diffusers. */
class TextReferenceTest {

    @Test
    void everyPromptIsReadAsTheReferenceReadsIt() throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("text");
            TextEncoder encoder = new TextEncoder(
                    model.folder.tokenizer("tokenizer"),
                    model.text("text_encoder", false),
                    model.folder.tokenizer("tokenizer_2"),
                    model.text("text_encoder_2", true));
            JsonArray prompts = TinyModel.json("text").getAsJsonArray("prompts");
            for (int i = 0; i < prompts.size(); i++) {
                String prompt = prompts.get(i).getAsString();
                assertArrayEquals(
                        reference.get("encoder_1.ids").get(i).toLongArray(),
                        model.folder.tokenizer("tokenizer").encode(prompt).ids(),
                        prompt);
                Conditioning read = encoder.read(prompt, new float[6], model.manager);
                String row = i + ":" + (i + 1);
                NDArray words = reference.get("sdxl.default.prompt_embeds").get(row);
                assertEquals(0, TinyModel.distance(read.words(), words), 1e-5, prompt);
                NDArray pooled = reference.get("sdxl.default.pooled").get(row);
                assertEquals(0, TinyModel.distance(read.pooled(), pooled), 1e-5, prompt);
            }
        }
    }
}
