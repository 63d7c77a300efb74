package org.atelier.studio;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.pipeline.Pipeline;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.GenerationSpec;
import org.atelier.diffusion.sampling.GivenReferences;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.diffusion.sampling.ReferenceInversion;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.studio.region.RegionMasks;
import org.atelier.studio.resolve.InitPictures;
import org.atelier.studio.resolve.OpenedSet;
import org.atelier.studio.resolve.PanoramaResolver;
import org.atelier.tensor.TorchKernels;

/** Generates with the networks of a model. */
final class DiffusionImageGenerator implements ImageGenerator {

    @Override
    public void generate(OpenedSet set, Checkpoint checkpoint, SetListener listener, ImageSink sink) {
        SetRequest request = set.request();
        GenerationSpec spec = spec(set);
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
            for (int i = 0; i < latents.references(); i++) {
                int index = i;
                sink.reconstruction(() -> latents.reference(index), i, latents.references());
            }
            for (int i = 0; i < latents.count(); i++) {
                int index = i;
                if (listener.cancelled()) {
                    throw new AtelierException(
                            AtelierException.Code.CANCELLED,
                            "Cancelled; %d of %d images are finished.".formatted(i, latents.count()));
                }
                sink.image(() -> latents.image(index), i);
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

    private static GenerationSpec spec(OpenedSet set) {
        SetRequest request = set.request();
        InitPictures pictures = new InitPictures(set);
        RegionMasks masks = set.regionMasks();
        return new GenerationSpec(
                IntStream.range(0, request.items().size())
                        .mapToObj(i -> image(set, i, pictures, masks))
                        .toList(),
                request.negativePrompt(),
                set.sampler(),
                request.sampling().steps(),
                request.sampling().cfgScale(),
                request.execution().chunk(),
                new StyleWindow(request.sharing().from(), request.sharing().to()),
                references(set),
                request.sampling().guidanceRescale(),
                request.modelOptions().clipSkip());
    }

    private static ImageSpec image(OpenedSet set, int index, InitPictures pictures, RegionMasks masks) {
        SetRequest request = set.request();
        int number = request.firstGenerated() + index;
        SetItem item = request.itemOf(number);
        return new ImageSpec(
                request.styledPrompt(index),
                item.seed(),
                item.width(),
                item.height(),
                set.strategies().of(item),
                pictures.of(index).orElse(null),
                PanoramaResolver.grid(set, index),
                PanoramaResolver.isReference(set, index) ? ImageRegions.NONE : masks.of(request, number, item));
    }

    /** Returns the references; {@code null} if there are none. */
    private static GivenReferences references(OpenedSet set) {
        SetRequest request = set.request();
        if (set.trajectories().isPresent()) {
            return set.trajectories().get();
        }
        if (request.references().isEmpty()) {
            return null;
        }
        List<ReferenceImage> images = new ArrayList<>(IntStream.range(
                        0, request.references().images().size())
                .mapToObj(index -> {
                    ReferenceFile reference = request.references().images().get(index);
                    return new ReferenceImage(
                            set.image(reference.file())
                                    .sized(PanoramaResolver.referenceWidth(set), PanoramaResolver.referenceHeight(set)),
                            request.referencePrompt(index),
                            reference.weight());
                })
                .toList());
        for (int i = 0; i < request.references().contents().size(); i++) {
            images.add(content(set, i));
        }
        return new ReferenceImages(
                images,
                set.blend().orElse(null),
                request.inversion().method() == InversionMethod.NOISE
                        ? new ReferenceInversion.Noise(request.seed())
                        : new ReferenceInversion.Ddim(
                                request.inversion().steps(),
                                request.inversion().cfgScale(),
                                request.inversion().offset()));
    }

    /** Returns the content of an image, which is inverted with the prompt of the image. */
    private static ReferenceImage content(OpenedSet set, int index) {
        SetRequest request = set.request();
        SetItem item = request.itemOf(request.firstGenerated() + index);
        return new ReferenceImage(
                set.image(request.references().contents().get(index).file()).sized(item.width(), item.height()),
                request.styledPrompt(index),
                new ReferenceUse(Role.CONTENT, 1, Set.of(index)));
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }
}
