package org.atelier.studio;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.Drawing;
import org.atelier.diffusion.DrawnLatents;
import org.atelier.diffusion.Pipeline;
import org.atelier.diffusion.PipelineSettings;
import org.atelier.diffusion.Samplers;
import org.atelier.diffusion.StyleWindow;
import org.atelier.models.ModelFolder;
import org.atelier.models.PromptTokenizer;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Draws with the networks of a Stable Diffusion XL model. */
final class DiffusionArtist implements Artist {

    @Override
    public List<String> samplers() {
        return Samplers.names();
    }

    @Override
    public List<String> dtypes() {
        return Precision.names();
    }

    @Override
    public Abilities abilities(ModelFolder model) {
        PipelineSettings settings = PipelineSettings.of(model);
        return new Abilities(settings.factor(), settings.trainTimesteps());
    }

    @Override
    public void draw(
            ModelFolder model,
            SetRequest request,
            AttentionStrategy strategy,
            SetListener listener,
            ObjIntConsumer<BufferedImage> pictures) {
        noteCutPrompts(model, request, listener);
        try (TorchKernels kernels = TorchKernels.load(device(request.device()));
                Pipeline pipeline = load(model, request, kernels, listener);
                DrawnLatents latents = pipeline.draw(drawing(request), strategy, new DrawingProgress(listener))) {
            for (int i = 0; i < latents.count(); i++) {
                if (listener.cancelled()) {
                    throw new AtelierException(
                            AtelierException.Code.CANCELLED,
                            "Cancelled; %d of %d pictures are finished.".formatted(i, latents.count()));
                }
                pictures.accept(latents.picture(i), i);
            }
        } catch (OutOfMemoryError e) {
            throw new AtelierException(
                    AtelierException.Code.OUT_OF_MEMORY,
                    "Java's memory does not suffice; take a smaller size or fewer pictures.",
                    e);
        }
    }

    private static Pipeline load(ModelFolder model, SetRequest request, TorchKernels kernels, SetListener listener) {
        LoadingProgress progress = new LoadingProgress(listener, Pipeline.COMPONENTS);
        return Pipeline.load(model, precision(request.dtype()), kernels, component -> progress.loaded());
    }

    private static void noteCutPrompts(ModelFolder model, SetRequest request, SetListener listener) {
        try (PromptTokenizer tokenizer = model.tokenizer("tokenizer")) {
            IntStream.range(0, request.prompts().size()).forEach(i -> {
                String cut = tokenizer.encode(request.styledPrompt(i)).cut();
                if (!cut.isBlank()) {
                    listener.noted("Prompt %d is longer than the model reads; it does not see: %s"
                            .formatted(i + 1, cut.strip()));
                }
            });
        }
    }

    private static Drawing drawing(SetRequest request) {
        List<String> prompts = IntStream.range(0, request.prompts().size())
                .mapToObj(request::styledPrompt)
                .toList();
        return new Drawing(
                prompts,
                request.negativePrompt(),
                request.seed(),
                request.sampler(),
                request.steps(),
                request.cfgScale(),
                request.width(),
                request.height(),
                request.chunk(),
                StyleWindow.WHOLE,
                null);
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }

    private static Precision precision(String dtype) {
        Optional<Precision> precision = Precision.named(dtype);
        return precision.orElseThrow(() -> new IllegalArgumentException("An unsettled request: dtype " + dtype));
    }
}
