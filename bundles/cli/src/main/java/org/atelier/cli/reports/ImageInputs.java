package org.atelier.cli.reports;

import java.util.List;
import java.util.Objects;
import org.atelier.api.model.LoraInput;
import org.atelier.api.model.ModelFile;
import org.atelier.api.region.Region;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.InitImages;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.terminal.Fields;

/** Prints what one image of a set was made from, besides prompt, references and contexts. */
public final class ImageInputs {

    private final SetRequest request;
    private final int image;
    private final int item;

    /** @param image its number, as in its file name */
    public ImageInputs(SetRequest request, int image) {
        this.request = request;
        this.image = image;
        this.item = image - request.firstGenerated();
    }

    /** Prints the VAE and the LoRAs, which the whole set has. */
    public void printModel(Fields fields) {
        ModelFile vae = request.modelOptions().vae();
        if (vae != null) {
            fields.line("VAE", vae.name());
        }
        request.modelOptions().loras().forEach(lora -> fields.line("LoRA", text(lora)));
    }

    /** Prints a line for each input of a generated image; a reconstruction has none. */
    public void print(Fields fields) {
        if (item < 0) {
            return;
        }
        ImageFile content = of(item, request.references().contents());
        if (content != null) {
            fields.line("content", content.file());
        }
        printInitImage(fields);
        request.controls().images().stream()
                .map(ControlInput::kind)
                .distinct()
                .map(this::control)
                .filter(Objects::nonNull)
                .forEach(control -> fields.line("control", text(control)));
        printRegions(fields);
        if (request.panorama().enabled()) {
            fields.line("panorama", panorama() + unlessReference());
        }
    }

    private void printInitImage(Fields fields) {
        InitImages init = request.initImages();
        ImageFile start = oneOrOwn(item - request.firstInitialised(), init.images());
        if (start == null) {
            return;
        }
        fields.line("starts from", start.file() + (init.denoise() == null ? "" : ", denoise " + init.denoise()));
        ImageFile mask = oneOrOwn(item - request.firstInitialised(), init.masks());
        if (mask != null) {
            fields.line("mask", mask.file() + (init.maskBlur() == 0 ? "" : ", blurred by " + init.maskBlur()));
        }
    }

    /** The control of a kind, which may be one for all controlled images; {@code null} if there is none. */
    private ControlInput control(String kind) {
        List<ControlInput> ofKind = request.controls().images().stream()
                .filter(control -> control.kind().equals(kind))
                .toList();
        return oneOrOwn(item - request.firstControlled(), ofKind);
    }

    private void printRegions(Fields fields) {
        for (Region region : request.regions().of(image)) {
            fields.line("region", region.prompt() + ", where " + region.mask() + " is white" + unlessReference());
        }
    }

    private String panorama() {
        Integer stride = request.panorama().stride();
        return "of windows"
                + (stride == null ? "" : ", stride " + stride)
                + (request.panorama().circular() ? ", its ends continue each other" : "");
    }

    /** Whether image 0 is the reference of the others depends on the attention, which may not be installed here. */
    private String unlessReference() {
        return image == 0 ? ", unless this image is the style reference" : "";
    }

    private static <T> T oneOrOwn(int index, List<T> given) {
        return given.size() == 1 && index >= 0 ? given.get(0) : of(index, given);
    }

    private static <T> T of(int index, List<T> given) {
        return index >= 0 && index < given.size() ? given.get(index) : null;
    }

    private static String text(LoraInput lora) {
        String strength = lora.unet() == lora.textEncoder()
                ? String.valueOf(lora.unet())
                : "%s, text encoders %s".formatted(lora.unet(), lora.textEncoder());
        return lora.lora() + ", strength " + strength;
    }

    private static String text(ControlInput control) {
        String steps = control.start() == 0 && control.end() == 1
                ? ""
                : ", from %s to %s of the steps".formatted(control.start(), control.end());
        return "%s %s, scale %s%s%s"
                .formatted(
                        control.kind(),
                        control.file(),
                        control.scale(),
                        steps,
                        control.model() == null ? "" : ", by " + control.model());
    }
}
