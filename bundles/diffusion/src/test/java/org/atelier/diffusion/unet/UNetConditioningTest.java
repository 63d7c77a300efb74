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

/** UNets of other families without additional conditioning. */
class UNetConditioningTest {

    /** Weights of a UNet without additional conditioning, or with additional conditioning that is zero. */
    private record Unconditioned(Weights base, boolean zeros) implements Weights {

        private static final String ADDED = "add_embedding.";

        @Override
        public NDArray tensor(String name, long... shape) {
            NDArray stored = base.tensor(name, shape);
            return zeros && name.startsWith(ADDED) ? stored.zerosLike() : stored;
        }

        @Override
        public Set<String> unread() {
            return base.unread().stream()
                    .filter(name -> zeros || !name.startsWith(ADDED))
                    .collect(Collectors.toSet());
        }

        @Override
        public Path path() {
            return base.path();
        }
    }

    @Test
    void noAdditionalConditioningEqualsZeroAdditionalConditioning() {
        try (TinyModel model = new TinyModel()) {
            UNetSettings conditioned = model.configuration.unet();
            UNetSettings unconditioned = new UNetSettings(
                    conditioned.inChannels(),
                    conditioned.outChannels(),
                    conditioned.blockChannels(),
                    conditioned.attends(),
                    conditioned.depths(),
                    conditioned.upDepths(),
                    conditioned.headCounts(),
                    conditioned.layersPerBlock(),
                    conditioned.textChannels(),
                    conditioned.groups(),
                    conditioned.epsilon(),
                    Optional.empty(),
                    conditioned.cosineFirst(),
                    conditioned.frequencyShift(),
                    conditioned.sampleSize(),
                    conditioned.guidanceChannels());
            NDArray latents = model.kernels.noise(model.manager, 1, 2, 4, 8, 8);
            NDArray textEmbeddings = model.kernels.noise(model.manager, 2, 2, 32, conditioned.textChannels());
            Conditioning added = new Conditioning(
                    textEmbeddings,
                    model.kernels.noise(
                            model.manager,
                            3,
                            2,
                            conditioned.additionalEmbedding().orElseThrow().pooledTextChannels()),
                    model.kernels.noise(model.manager, 4, 2, 6));

            float[] without =
                    predict(model, unconditioned, false, latents, new Conditioning(textEmbeddings, Optional.empty()));
            assertArrayEquals(predict(model, conditioned, true, latents, added), without, 1e-5f);
            assertTrue(
                    Math.abs(predict(model, conditioned, false, latents, added)[0] - without[0]) > 1e-3,
                    "the additional conditioning has no effect");
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
