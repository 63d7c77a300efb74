package org.atelier.studio;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.pictures.SourcePicture;
import org.atelier.studio.resolve.ResolvedSet;
import org.atelier.studio.resolve.SetStrategies;
import org.atelier.tensor.TorchKernels;

/** Draws with the networks of a model. */
final class DiffusionImageGenerator implements ImageGenerator {

    @Override
    public void draw(
            ResolvedSet settled,
            SetStrategies strategies,
            Sampler sampler,
            StyleBlend blend,
            Checkpoint checkpoint,
            SetListener listener,
            ImageSink gallery) {
        SetRequest request = settled.request();
        GenerationSpec drawing = drawing(settled, strategies, sampler, blend);
        noteCutPrompts(settled.model(), request, listener);
        LoadingProgress progress = new LoadingProgress(
                listener,
                Pipeline.COMPONENTS + LoadedControls.count(settled.controls().each()));
        try (TorchKernels kernels = TorchKernels.load(device(request.execution().device()));
                Pipeline pipeline = load(settled, kernels, progress);
                LoadedControls controls = LoadedControls.load(
                        settled.controls().each(), request.controls().rules(), pipeline, progress::loaded);
                GeneratedLatents latents = pipeline.draw(
                        drawing,
                        controls.controls(),
                        strategies.common(),
                        checkpoint,
                        new GenerationProgress(listener, request.firstDrawn()))) {
            latents.trajectories().ifPresent(gallery::followed);
            for (int i = 0; i < latents.references(); i++) {
                int index = i;
                gallery.reconstruction(() -> latents.reference(index), i, latents.references());
            }
            for (int i = 0; i < latents.count(); i++) {
                int index = i;
                if (listener.cancelled()) {
                    throw new AtelierException(
                            AtelierException.Code.CANCELLED,
                            "Cancelled; %d of %d pictures are finished.".formatted(i, latents.count()));
                }
                gallery.picture(() -> latents.picture(index), i);
            }
        } catch (OutOfMemoryError e) {
            throw new AtelierException(
                    AtelierException.Code.OUT_OF_MEMORY,
                    "Java's memory does not suffice; take a smaller size or fewer pictures.",
                    e);
        }
    }

    private static Pipeline load(ResolvedSet settled, TorchKernels kernels, LoadingProgress progress) {
        return Pipeline.load(settled.model(), settled.precision(), kernels, component -> progress.loaded());
    }

    private static void noteCutPrompts(ModelConfiguration model, SetRequest request, SetListener listener) {
        try (PromptTokenizer tokenizer = model.promptTokenizer()) {
            for (int i = 0; i < request.references().images().size(); i++) {
                noteCut("The prompt of reference", i, request.referencePrompt(i), tokenizer, listener);
            }
            for (int i = 0; i < request.items().size(); i++) {
                noteCut("Prompt", i, request.styledPrompt(i), tokenizer, listener);
            }
        }
    }

    private static void noteCut(
            String kind, int index, String prompt, PromptTokenizer tokenizer, SetListener listener) {
        String cut = tokenizer.encode(prompt).cut();
        if (!cut.isBlank()) {
            listener.noted("%s %d is longer than the model reads; it does not see: %s"
                    .formatted(kind, index + 1, cut.strip()));
        }
    }

    private static GenerationSpec drawing(
            ResolvedSet settled, SetStrategies strategies, Sampler sampler, StyleBlend blend) {
        SetRequest request = settled.request();
        return new GenerationSpec(
                IntStream.range(0, request.items().size())
                        .mapToObj(i -> subject(request, i, strategies))
                        .toList(),
                request.negativePrompt(),
                sampler,
                request.sampling().steps(),
                request.sampling().cfgScale(),
                request.execution().chunk(),
                new StyleWindow(request.sharing().from(), request.sharing().to()),
                references(settled, blend));
    }

    private static ImageSpec subject(SetRequest request, int index, SetStrategies strategies) {
        SetItem item = request.itemOf(request.firstDrawn() + index);
        return new ImageSpec(
                request.styledPrompt(index), item.seed(), item.width(), item.height(), strategies.of(item));
    }

    /** {@code null} where there are none. */
    private static GivenReferences references(ResolvedSet settled, StyleBlend blend) {
        SetRequest request = settled.request();
        if (settled.trajectories().isPresent()) {
            return settled.trajectories().get();
        }
        if (request.references().isEmpty()) {
            return null;
        }
        List<ReferenceImage> pictures = IntStream.range(
                        0, request.references().images().size())
                .mapToObj(index -> {
                    ReferenceFile reference = request.references().images().get(index);
                    return new ReferenceImage(
                            SourcePicture.open(Path.of(reference.file()))
                                    .sized(
                                            request.sampling().width(),
                                            request.sampling().height()),
                            request.referencePrompt(index),
                            reference.weight());
                })
                .toList();
        return new ReferenceImages(
                pictures,
                blend,
                request.inversion().steps(),
                request.inversion().cfgScale(),
                request.inversion().offset());
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
