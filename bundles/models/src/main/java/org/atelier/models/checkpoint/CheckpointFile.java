package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.checkpoint.CheckpointPart.Form;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;

/**
 * A checkpoint of Stable Diffusion in one safetensors file, in the names of the original repositories, or a UNet alone in
 * those of diffusers. Only its header is read. Immutable and thread-safe.
 */
public final class CheckpointFile {

    private static final long LATENTS = 4;

    /** A UNet for inpainting receives the latents, a mask, and the latents of the masked image. */
    private static final long INPAINTING = 9;

    private final SafetensorsFile file;
    private final Map<String, CheckpointPart> parts;
    private final Map<String, Integer> ignored;
    private final Architecture architecture;
    private final UNetFacts unet;
    private final Map<String, TensorEntry> unetTensors;

    private CheckpointFile(
            SafetensorsFile file,
            PartSorter sorted,
            Architecture architecture,
            UNetFacts unet,
            Map<String, TensorEntry> unetTensors) {
        this.file = file;
        this.parts = Map.copyOf(sorted.parts());
        this.ignored = new TreeMap<>(sorted.ignored());
        this.architecture = architecture;
        this.unet = unet;
        this.unetTensors = unetTensors;
    }

    /**
     * Opens a checkpoint with at least a UNet.
     *
     * @throws AtelierException MODEL_INVALID with one sentence that says what another file is
     */
    public static CheckpointFile open(Path path) {
        return of(SafetensorsFile.open(path));
    }

    /** As {@link #open}, for a file that is open already. */
    public static CheckpointFile of(SafetensorsFile file) {
        Path path = file.path();
        PartSorter sorted = PartSorter.of(file.path(), file.tensors());
        CheckpointPart part = sorted.parts().get(PartSorter.UNET);
        Map<String, TensorEntry> unetTensors = part == null ? Map.of() : part.originalTensors();
        if (!unetTensors.containsKey(UNetFacts.FIRST)) {
            if (part == null && sorted.parts().containsKey(PartSorter.VAE)) {
                throw ModelFaults.in(path, "this is a VAE without the other parts of a model; give it with --vae.");
            }
            ForeignCheckpoints.refuse(path, file.tensors());
            throw ForeignCheckpoints.unknown(path, file.tensors());
        }
        ForeignCheckpoints.refuse(path, sorted.rest());
        ForeignCheckpoints.refuseQuantised(path, file.tensors());
        UNetFacts unet = UNetFacts.of(path, unetTensors);
        Architecture architecture = new ArchitectureCheck(path, sorted, unet).architecture();
        return new CheckpointFile(file, sorted, architecture, unet, unetTensors);
    }

    /** What a file holds. */
    public enum Content {
        /** A UNet, with or without other networks. */
        CHECKPOINT,
        LORA,
        /** A VAE without a UNet. */
        VAE,
        OTHER
    }

    /** What a file holds, by the names of its tensors. */
    public static Content contentOf(SafetensorsFile file) {
        PartSorter sorted = PartSorter.of(file.path(), file.tensors());
        if (sorted.parts().containsKey(PartSorter.UNET)) {
            return Content.CHECKPOINT;
        }
        if (sorted.parts().containsKey(PartSorter.VAE)) {
            return Content.VAE;
        }
        return ForeignCheckpoints.isLora(file.tensors()) ? Content.LORA : Content.OTHER;
    }

    /**
     * Reads a VAE alone: a file of one, in original or diffusers' names, or the VAE of a checkpoint.
     *
     * @throws AtelierException MODEL_INVALID if it holds none
     */
    public static CheckpointPart autoencoderOf(SafetensorsFile file) {
        CheckpointPart part = PartSorter.of(file.path(), file.tensors()).parts().get(PartSorter.VAE);
        if (part == null) {
            throw ModelFaults.in(file.path(), "holds no VAE; give a file or a folder with one.");
        }
        ForeignCheckpoints.refuseQuantised(file.path(), part.tensors());
        return part;
    }

    /** The file with its checked header. */
    public SafetensorsFile file() {
        return file;
    }

    /** The architecture. */
    public Architecture architecture() {
        return architecture;
    }

    /** Channels that the UNet receives: 4, or 9 for inpainting. */
    public int inputChannels() {
        return (int) unet.inputChannels();
    }

    /** Whether the UNet is for inpainting. */
    public boolean isInpainting() {
        return unet.inputChannels() == INPAINTING;
    }

    /** Channels of the embedding of the guidance scale, as latent consistency models have it; 0 for none. */
    public int guidanceChannels() {
        return (int) unet.guidanceChannels();
    }

    /** Whether the file holds every network of its family. */
    public boolean isComplete() {
        return ModelFamilies.named(architecture.family()).components().stream()
                .filter(component -> component.kind().weightsStem().isPresent())
                .allMatch(component -> parts.containsKey(component.name()));
    }

    /** Whether the sizes are those of a published model, whose configuration then applies. */
    public boolean hasPublishedSizes() {
        return architecture.isPublished(unet.textChannels());
    }

    /**
     * What the UNet predicts, as far as the file says it: {@code epsilon} or {@code v_prediction}.
     *
     * @param guess whether a Stable Diffusion 2 without any mark is judged by one of its tensors
     */
    public Optional<String> prediction(boolean guess) {
        return PredictionMarks.of(this, guess);
    }

    /** Whether the noise schedule ends without any signal. */
    public boolean zeroTerminalSnr() {
        return file.tensors().containsKey("ztsnr");
    }

    /** The networks by component: {@code unet}, {@code vae}, {@code text_encoder}, {@code text_encoder_2}. */
    public Map<String, CheckpointPart> parts() {
        return parts;
    }

    /** How many tensors belong to no network, by what they are. */
    public Map<String, Integer> ignored() {
        return ignored;
    }

    /** How many tensors each data type has in the UNet. */
    public Map<StoredType, Integer> types() {
        Map<StoredType, Integer> types = new EnumMap<>(StoredType.class);
        parts.get(PartSorter.UNET).tensors().values().forEach(entry -> types.merge(entry.type(), 1, Integer::sum));
        return types;
    }

    /** The folder of the published configuration that fits the file. */
    public String publishedConfiguration() {
        String base = architecture.configuration();
        if (isInpainting()) {
            return base + "-inpainting";
        }
        boolean velocity = architecture == Architecture.SD2
                && prediction(true).filter("v_prediction"::equals).isPresent();
        return velocity ? base + "-v" : base;
    }

    /** The texts of the writer, untrusted. */
    public Map<String, String> metadata() {
        return new LinkedHashMap<>(file.metadata());
    }

    static boolean isSupportedInput(long channels) {
        return channels == LATENTS || channels == INPAINTING;
    }

    static boolean hasText(Collection<CheckpointPart> parts, Form form) {
        return parts.stream().anyMatch(part -> part.form() == form);
    }

    /** A tensor of the UNet by its original name. */
    Optional<TensorEntry> unetTensor(String name) {
        return Optional.ofNullable(unetTensors.get(name));
    }
}
