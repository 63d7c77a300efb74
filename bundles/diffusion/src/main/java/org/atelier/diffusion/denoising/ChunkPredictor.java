package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.PredictorInput;
import org.atelier.diffusion.sampling.EngineOutOfMemoryException;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.Residuals;

/** Runs a chunk of views through the network. */
final class ChunkPredictor {

    private final NoisePredictor predictor;
    private final SetImages images;

    /** @param predictor with guidance */
    ChunkPredictor(NoisePredictor predictor, SetImages images) {
        this.predictor = predictor;
        this.images = images;
    }

    /**
     * Predicts the noise of each view.
     *
     * @param memory owns the predictions
     * @return (1, channel, height, width) for each view, after guidance
     * @throws EngineOutOfMemoryException if the chunk does not fit in memory; no state has changed then
     */
    List<NDArray> predict(Chunk chunk, DenoisingStep step, ChunkAttention attention, NDManager memory) {
        PassAttentionMaps observed = images.maps()
                .forPass(chunk.attentions(), chunk.imageIndices(), chunk.viewNumbers(), chunk.prompts(), memory);
        List<NDArray> predicted = EngineOutOfMemoryException.retryable(
                () -> predict(chunk, step, attention.of(chunk, observed, memory), memory));
        observed.store();
        return predicted;
    }

    private List<NDArray> predict(Chunk chunk, DenoisingStep step, AttentionProcessor attention, NDManager memory) {
        NDList rows = new NDList(chunk.references().latentsAt(step));
        int references = rows.size();
        for (EncodedView view : chunk.views()) {
            ImageLatents image = images.latents().of(view.image());
            rows.add(image.scaled(step.index(), latents -> view.input(latents, step.index(), memory), memory));
        }
        NDArray joined = NDArrays.concat(rows);
        joined.attach(memory);
        NDArray prediction = predictor.predict(new PredictorInput(
                joined,
                step,
                chunk.imageIndices(),
                chunk.windows(),
                Conditioning.concatenate(chunk.conditionings(), memory),
                attention,
                Residuals.NONE));
        return prediction.split(rows.size()).subList(references, rows.size());
    }
}
