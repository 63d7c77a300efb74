package org.atelier.diffusion.autoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import org.atelier.diffusion.pipeline.ReferenceTensors;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiled autoencoder against the tiling of diffusers, and against the untiled one for small inputs. */
class TilingTest {

    private static Autoencoder tiled(TinyModel model, AutoencoderSettings settings) {
        return new Autoencoder(model.weights("vae"), settings, 32, model.kernels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "one"})
    void encodesAndDecodesAsDiffusersDoes(String name) throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("tiled");
            AutoencoderSettings settings = AutoencoderSettings.from(model.folder.settings("vae"));
            Autoencoder autoencoder = tiled(model, settings);

            NDArray latents = autoencoder.encode(reference.get(name + ".image")).div(settings.scalingFactor());
            assertEquals(0, TinyModel.distance(latents, reference.get(name + ".mean")), 1e-5);

            NDArray decoded =
                    autoencoder.decode(reference.get(name + ".latents").mul(settings.scalingFactor()));
            assertEquals(0, TinyModel.distance(decoded, reference.get(name + ".decoded")), 1e-5);
        }
    }

    @Test
    void doesNotTileInputsThatFitInOneTile() throws IOException {
        try (TinyModel model = new TinyModel()) {
            ReferenceTensors reference = model.reference("vae");
            AutoencoderSettings settings = AutoencoderSettings.from(model.folder.settings("vae"));
            NDArray decoded = tiled(model, settings)
                    .decode(reference.get("tiny.square.latents").mul(settings.scalingFactor()));
            assertEquals(0, TinyModel.distance(decoded, reference.get("tiny.square.decoded")), 1e-5);
        }
    }
}
