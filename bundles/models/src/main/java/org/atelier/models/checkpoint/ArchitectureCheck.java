package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.checkpoint.CheckpointPart.Form;

/** Finds the architecture of a checkpoint, and refuses relatives of Stable Diffusion by what they are. */
final class ArchitectureCheck {

    private static final long REFINER_TEXT = 1280;
    private static final List<Integer> SDXL_DEPTHS = List.of(2, 2, 10, 10, 10);
    private static final Map<List<Integer>, String> DISTILLED =
            Map.of(List.of(2, 2, 4, 4, 0), "SSD-1B", List.of(1, 1, 2, 2, 0), "Segmind Vega");
    private static final Map<Long, String> OTHER_INPUTS = Map.of(
            8L, "an InstructPix2Pix model, whose UNet also receives an image",
            5L, "a depth-to-image model, whose UNet also receives a depth map",
            7L, "an upscaler, whose UNet also receives an image");

    private final Path path;
    private final PartSorter sorted;
    private final UNetFacts unet;

    ArchitectureCheck(Path path, PartSorter sorted, UNetFacts unet) {
        this.path = path;
        this.sorted = sorted;
        this.unet = unet;
    }

    /** @throws AtelierException MODEL_INVALID with one sentence */
    Architecture architecture() {
        if (!CheckpointFile.isSupportedInput(unet.inputChannels())) {
            String kind = OTHER_INPUTS.getOrDefault(
                    unet.inputChannels(), "a model whose UNet receives " + unet.inputChannels() + " channels");
            throw refused(kind);
        }
        if (sorted.marks().contains("edm_mean") || sorted.marks().contains("edm_std")) {
            throw refused("a Playground 2.5 model, whose noise schedule is EDM");
        }
        if (sorted.marks().contains("edm_vpred.sigma_max")) {
            throw refused("a model with an EDM noise schedule for v-prediction, such as CosXL");
        }
        Architecture found = unet.labelled() ? labelled() : plain();
        requireOneArchitecture(found);
        if (found == Architecture.SDXL && found.isPublished(unet.textChannels())) {
            requireFullDepth();
        }
        return found;
    }

    private Architecture labelled() {
        CheckpointPart first = sorted.parts().get(PartSorter.TEXT_ENCODER);
        boolean second = sorted.parts().containsKey(PartSorter.TEXT_ENCODER_2);
        boolean openClipOnly = first != null && first.form() == Form.OPEN_CLIP && !second;
        if (unet.textChannels() == REFINER_TEXT || (openClipOnly && sorted.isSgm())) {
            throw refused("the refiner of Stable Diffusion XL, which only finishes the images of the base model");
        }
        if (Architecture.SD2.isPublished(unet.textChannels()) || openClipOnly) {
            throw refused("an unCLIP model, which begins from the embedding of an image");
        }
        return Architecture.SDXL;
    }

    private Architecture plain() {
        Collection<CheckpointPart> parts = sorted.parts().values();
        if (CheckpointFile.hasText(parts, Form.OPEN_CLIP)) {
            return Architecture.SD2;
        }
        if (CheckpointFile.hasText(parts, Form.CLIP)) {
            return Architecture.SD1;
        }
        return Architecture.ofTextChannels(unet.textChannels())
                .filter(found -> found != Architecture.SDXL)
                .orElseThrow(() -> ModelFaults.in(
                        path,
                        "this is a UNet with text embeddings of " + unet.textChannels()
                                + " channels, which no known model has; use a checkpoint of Stable Diffusion 1.x, 2.x or"
                                + " XL."));
    }

    /** A file that joins the UNet of one model and the text encoder of another. */
    private void requireOneArchitecture(Architecture byText) {
        Optional<Architecture> byUNet = Architecture.ofTextChannels(unet.textChannels());
        if (byUNet.isPresent() && byUNet.get() != byText) {
            throw ModelFaults.in(
                    path,
                    "mixes two models: its UNet is of " + byUNet.get().title() + ", its text encoder of "
                            + byText.title() + "; fetch the model again.");
        }
        if (byText != Architecture.SDXL && sorted.parts().containsKey(PartSorter.TEXT_ENCODER_2)) {
            throw ModelFaults.in(
                    path,
                    "mixes two models: it has the two text encoders of Stable Diffusion XL and the UNet of another model;"
                            + " fetch the model again.");
        }
    }

    private void requireFullDepth() {
        List<Integer> depths =
                unet.depthsAt("input_blocks.4", "input_blocks.5", "input_blocks.7", "input_blocks.8", "middle_block");
        if (!depths.equals(SDXL_DEPTHS)) {
            String name = DISTILLED.get(depths);
            throw refused(
                    name == null
                            ? "a Stable Diffusion XL with other blocks than the published model"
                            : name + ", a Stable Diffusion XL with fewer blocks");
        }
    }

    private AtelierException refused(String kind) {
        return ModelFaults.in(
                path,
                "this is " + kind + "; that is not supported: use a checkpoint of Stable Diffusion 1.x, 2.x or XL.");
    }
}
