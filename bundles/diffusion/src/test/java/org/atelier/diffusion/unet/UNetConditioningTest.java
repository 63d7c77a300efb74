package org.atelier.diffusion.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.pipeline.TinyModel;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.junit.jupiter.api.Test;

/** What the UNets of other families are not told. */
class UNetConditioningTest {

    /** A UNet's weights as those of one without additional conditioning, or with one that adds zeros. */
    private record Unconditioned(Weights base, boolean zeros) implements Weights {

        private static final String ADDED = "add_embedding.";

        @Override
        public NDArray tensor(String name, long... shape) {
            NDArray stored = base.tensor(name, shape);
            return zeros && name.startsWith(ADDED) ? stored.zerosLike() : stored;
        }

        @Override
        public Set<String> untaken() {
            return base.untaken().stream()
                    .filter(name -> zeros || !name.startsWith(ADDED))
                    .collect(Collectors.toSet());
        }

        @Override
        public Path path() {
            return base.path();
        }
    }

    @Test
    void aNetworkWithoutAdditionalConditioningIsOneThatAddsNothing() {
        try (TinyModel model = new TinyModel()) {
            UNetSettings told = model.configuration.unet();
            UNetSettings untold = new UNetSettings(
                    told.inChannels(),
                    told.outChannels(),
                    told.blockChannels(),
                    told.attends(),
                    told.depths(),
                    told.upDepths(),
                    told.headCounts(),
                    told.layersPerBlock(),
                    told.textChannels(),
                    told.groups(),
                    told.epsilon(),
                    Optional.empty(),
                    told.cosineFirst(),
                    told.frequencyShift(),
                    told.sampleSize());
            NDArray latents = model.kernels.noise(model.manager, 1, 2, 4, 8, 8);
            NDArray textEmbeddings = model.kernels.noise(model.manager, 2, 2, 32, told.textChannels());
            Conditioning added = new Conditioning(
                    textEmbeddings,
                    model.kernels.noise(
                            model.manager,
                            3,
                            2,
                            told.additionalEmbedding().orElseThrow().pooledTextChannels()),
                    model.kernels.noise(model.manager, 4, 2, 6));

            float[] without =
                    predict(model, untold, false, latents, new Conditioning(textEmbeddings, Optional.empty()));
            assertArrayEquals(predict(model, told, true, latents, added), without, 1e-5f);
            assertTrue(
                    Math.abs(predict(model, told, false, latents, added)[0] - without[0]) > 1e-3,
                    "what was left out had no effect");
        }
    }

    private static float[] predict(
            TinyModel model, UNetSettings settings, boolean zeros, NDArray latents, Conditioning conditioning) {
        Weights weights = new Unconditioned(model.weights("unet"), zeros);
        return new UNet(weights, settings, Precision.FLOAT32, model.kernels)
                .forward(latents, 500, conditioning, AttentionProcessor.plain(model.kernels))
                .toFloatArray();
    }
}
