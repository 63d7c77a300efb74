package org.atelier.studio;

import ai.djl.Device;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.tensor.TorchKernels;

/** Generates with the networks of a model. */
final class DiffusionImageGenerator implements ImageGenerator {

    @Override
    public void generate(OpenedSet set, RunImages images, Checkpoint checkpoint, SetListener listener, ImageSink sink) {
        SetRequest request = set.request();
        GenerationSpec spec = GenerationSpecs.of(set, images.items());
        noteTruncatedPrompts(set.model(), request, listener);
        LoadingProgress progress = new LoadingProgress(
                listener,
                Pipeline.COMPONENTS + LoadedControls.count(set.controls().controls()));
        try (TorchKernels kernels = TorchKernels.load(device(request.execution().device()));
                Pipeline pipeline = load(set, kernels, progress);
                LoadedControls controls = LoadedControls.load(
                        set.controls().controls(), request.controls().rules(), pipeline, progress::loaded);
                GeneratedLatents latents = pipeline.generate(
                        spec,
                        controls.controls(),
                        set.strategies().common(),
                        checkpoint,
                        new GenerationProgress(listener, request.firstGenerated()))) {
            latents.trajectories().ifPresent(sink::trajectories);
            for (int i = 0; i < latents.references() && images.writes(0); i++) {
                int index = i;
                sink.reconstruction(() -> latents.reference(index), i, latents.references());
            }
            List<Integer> written = images.written(request);
            for (int item : written) {
                if (listener.cancelled()) {
                    throw new AtelierException(
                            AtelierException.Code.CANCELLED,
                            "Cancelled; %d of %d images are finished."
                                    .formatted(written.indexOf(item), written.size()));
                }
                sink.image(() -> latents.image(item), item);
            }
        } catch (OutOfMemoryError e) {
            throw new AtelierException(
                    AtelierException.Code.OUT_OF_MEMORY,
                    "Java ran out of memory; choose a smaller size or fewer images.",
                    e);
        }
    }

    private static Pipeline load(OpenedSet set, TorchKernels kernels, LoadingProgress progress) {
        return Pipeline.load(set.model(), set.precision(), kernels, component -> progress.loaded());
    }

    private static void noteTruncatedPrompts(ModelConfiguration model, SetRequest request, SetListener listener) {
        try (PromptTokenizer tokenizer = model.promptTokenizer()) {
            for (int i = 0; i < request.references().images().size(); i++) {
                noteTruncated("The prompt of reference", i, request.referencePrompt(i), tokenizer, listener);
            }
            for (int i = 0; i < request.items().size(); i++) {
                noteTruncated("Prompt", i, request.styledPrompt(i), tokenizer, listener);
            }
            for (int i = 0; i < request.regions().list().size(); i++) {
                noteTruncated(
                        "The prompt of region",
                        i,
                        request.styledPrompt(request.regions().list().get(i)),
                        tokenizer,
                        listener);
            }
        }
    }

    private static void noteTruncated(
            String kind, int index, String prompt, PromptTokenizer tokenizer, SetListener listener) {
        String cut = tokenizer.encode(prompt).cut();
        if (!cut.isBlank()) {
            listener.noted("%s %d exceeds the token limit of the model and was truncated by: %s"
                    .formatted(kind, index + 1, cut.strip()));
        }
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
