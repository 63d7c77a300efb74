package org.atelier.diffusion.autoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The autoencoder against diffusers. */
class AutoencoderReferenceTest {

    @ParameterizedTest
    @CsvSource({"tiny, square", "tiny, wide", "sketchbook, square", "sketchbook, wide"})
    void encodesAndDecodesAsDiffusersDoes(String name, String size) throws IOException {
        try (TinyModel model = name.equals("tiny") ? new TinyModel() : TinyModel.sketchbook()) {
            ReferenceTensors reference = model.reference("vae");
            String key = name + "." + size + ".";
            Autoencoder autoencoder = model.autoencoder();
            double scale =
                    AutoencoderSettings.from(model.folder.settings("vae")).scalingFactor();

            NDArray latents = autoencoder.encode(reference.get(key + "image")).div(scale);
            assertEquals(0, TinyModel.distance(latents, reference.get(key + "mean")), 1e-5);

            NDArray decoded = autoencoder.decode(reference.get(key + "latents").mul(scale));
            assertEquals(0, TinyModel.distance(decoded, reference.get(key + "decoded")), 1e-5);
        }
    }
}
