package org.atelier.studio;

import java.util.List;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.studio.resolve.ModelInspector;
import org.atelier.tensor.Precision;

/** Inspects the configuration of a model. */
final class DiffusionModelInspector implements ModelInspector {

    @Override
    public List<String> dtypes() {
        return Precision.names();
    }

    @Override
    public Limits limits(ModelConfiguration model) {
        return new Limits(model.factor(), model.trainTimesteps());
    }

    @Override
    public String truncated(ModelConfiguration model, String prompt) {
        try (PromptTokenizer tokenizer = model.promptTokenizer()) {
            return tokenizer.encode(prompt).cut();
        }
    }

    @Override
    public List<AttentionLayer> attentionLayers(ModelConfiguration model, int width, int height) {
        return model.attentionLayers(width, height);
    }
}
