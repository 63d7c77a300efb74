package org.atelier.studio;

import java.util.List;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.tensor.TorchKernels;

/** Generates with the networks of a model. */
final class DiffusionImageGenerator implements ImageGenerator {

    private final KeptNetworks networks = new KeptNetworks();

    @Override
    public void generate(OpenedSet set, RunImages images, Checkpoint checkpoint, SetListener listener, ImageSink sink) {
        SetRequest request = set.request();
        GenerationSpec spec = GenerationSpecs.of(set, images.items());
        noteTruncatedPrompts(set.model(), request, listener);
        LoadingProgress progress = new LoadingProgress(
                listener,
                Pipeline.COMPONENTS + LoadedControls.count(set.controls().controls()));
        withNetworks(set, progress, pipeline -> {
            try (LoadedControls controls = LoadedControls.load(
                            set.controls().controls(), request.controls().rules(), pipeline, progress::loaded);
                    GeneratedLatents latents = pipeline.generate(
                            spec,
                            controls.controls(),
                            set.strategies().common(),
                            checkpoint,
                            new GenerationProgress(listener, request.firstGenerated()))) {
                write(latents, request, images, listener, sink);
            }
            return null;
        });
    }

    private static void write(
            GeneratedLatents latents, SetRequest request, RunImages images, SetListener listener, ImageSink sink) {
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
                        "Cancelled; %d of %d images are finished.".formatted(written.indexOf(item), written.size()));
            }
            sink.image(() -> latents.image(item), item);
        }
    }

    @Override
    public int threads() {
        return TorchKernels.threads();
    }

    @Override
    public ReferenceTrajectories invert(OpenedSet set, SetListener listener) {
        SetRequest request = set.request();
        LoadingProgress progress = new LoadingProgress(listener, Pipeline.COMPONENTS);
        return withNetworks(
                set,
                progress,
                pipeline -> pipeline.invert(
                        GenerationSpecs.of(set),
                        set.strategies().common(),
                        new GenerationProgress(listener, request.firstGenerated())));
    }

    @Override
    public void keepNetworks() {
        networks.keep();
    }

    @Override
    public void releaseNetworks() {
        networks.release();
    }

    /** Calls the networks of a set, and keeps them only if the call succeeds. */
    private <T> T withNetworks(OpenedSet set, LoadingProgress progress, Function<Pipeline, T> call) {
        try {
            LoadedModel model = networks.take(set, progress::loaded);
            T result;
            try {
                result = call.apply(model.pipeline());
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
            networks.giveBack(model);
            return result;
        } catch (OutOfMemoryError e) {
            throw new AtelierException(
                    AtelierException.Code.OUT_OF_MEMORY,
                    "Java ran out of memory; choose a smaller size or fewer images.",
                    e);
        }
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
}
