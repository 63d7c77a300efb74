package org.atelier.studio;

import java.util.List;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.pipeline.PipelineSettings;
import org.atelier.diffusion.schedule.Samplers;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.studio.resolve.ModelInspector;
import org.atelier.tensor.Precision;

/** Inspects the configuration of a Stable Diffusion XL model. */
final class DiffusionModelInspector implements ModelInspector {

    @Override
    public List<String> samplers() {
        return Samplers.names();
    }

    @Override
    public List<String> dtypes() {
        return Precision.names();
    }

    @Override
    public Limits limits(ModelFolder model) {
        PipelineSettings settings = PipelineSettings.of(model);
        return new Limits(settings.factor(), settings.trainTimesteps());
    }

    @Override
    public String truncated(ModelFolder model, String prompt) {
        try (PromptTokenizer tokenizer = model.tokenizer("tokenizer")) {
            return tokenizer.encode(prompt).cut();
        }
    }

    @Override
    public List<AttentionLayer> attentionLayers(ModelFolder model, int width, int height) {
        return PipelineSettings.attentionLayers(model, width, height);
    }
}
