package org.atelier.diffusion.autoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The autoencoder in tiles against diffusers' tiling, and against itself where one tile is enough. */
class TilingTest {

    private static Autoencoder inTiles(TinyModel model, AutoencoderSettings settings) {
        return new Autoencoder(model.weights("vae"), settings, 32, model.kernels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "one"})
    void encodesAndDecodesAsTheReference(String name) throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("tiled");
            AutoencoderSettings settings = AutoencoderSettings.from(model.folder.settings("vae"));
            Autoencoder autoencoder = inTiles(model, settings);

            NDArray latents = autoencoder.encode(reference.get(name + ".image")).div(settings.scalingFactor());
            assertEquals(0, TinyModel.distance(latents, reference.get(name + ".mean")), 1e-5);

            NDArray decoded =
                    autoencoder.decode(reference.get(name + ".latents").mul(settings.scalingFactor()));
            assertEquals(0, TinyModel.distance(decoded, reference.get(name + ".decoded")), 1e-5);
        }
    }

    @Test
    void whatFitsATileIsNotCut() throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("vae");
            AutoencoderSettings settings = AutoencoderSettings.from(model.folder.settings("vae"));
            NDArray decoded = inTiles(model, settings)
                    .decode(reference.get("tiny.square.latents").mul(settings.scalingFactor()));
            assertEquals(0, TinyModel.distance(decoded, reference.get("tiny.square.decoded")), 1e-5);
        }
    }
}
