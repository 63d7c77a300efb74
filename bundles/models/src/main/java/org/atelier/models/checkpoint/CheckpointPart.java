package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.models.ModelFaults;
import org.atelier.models.naming.DiffusersNaming;
import org.atelier.models.naming.LdmAutoencoderNaming;
import org.atelier.models.naming.LdmUNetNaming;
import org.atelier.models.naming.OpenClipNaming;
import org.atelier.models.naming.TensorNaming;
import org.atelier.models.safetensors.TensorEntry;

/**
 * The tensors of one network in a single file. Immutable and thread-safe.
 *
 * @param form how they are named
 * @param tensors by name in the file without the prefix of the network, in file order
 */
public record CheckpointPart(Form form, Map<String, TensorEntry> tensors) {

    /** The forms of names. */
    public enum Form {
        LDM_UNET,
        DIFFUSERS_UNET,
        LDM_AUTOENCODER,
        DIFFUSERS_AUTOENCODER,
        CLIP,
        OPEN_CLIP;

        boolean isText() {
            return this == CLIP || this == OPEN_CLIP;
        }
    }

    public CheckpointPart {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * The tensors by the names of the network.
     *
     * @param file for errors
     * @param textLayers layers of a text encoder in its configuration
     * @param textProjection whether a text encoder projects the pooled text
     */
    public List<TensorEntry> networkTensors(Path file, int textLayers, boolean textProjection) {
        TensorNaming naming =
                switch (form) {
                    case LDM_UNET -> LdmUNetNaming.of(tensors.keySet());
                    case DIFFUSERS_UNET -> DiffusersNaming.UNET;
                    case LDM_AUTOENCODER -> LdmAutoencoderNaming.of(tensors.keySet());
                    case DIFFUSERS_AUTOENCODER -> DiffusersNaming.AUTOENCODER;
                    case CLIP -> DiffusersNaming.CLIP_TEXT;
                    case OPEN_CLIP -> new OpenClipNaming(textLayers, textProjection);
                };
        Map<String, TensorEntry> named = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> {
            for (TensorEntry tensor : naming.tensorsOf(entry.named(name))) {
                if (named.putIfAbsent(tensor.name(), tensor) != null) {
                    throw ModelFaults.in(file, "holds " + tensor.name() + " twice, once as " + entry.name() + ".");
                }
            }
        });
        return new ArrayList<>(named.values());
    }

    /** The tensors of a UNet by their names in the original repositories; a name that those do not have is kept. */
    Map<String, TensorEntry> originalTensors() {
        if (form != Form.DIFFUSERS_UNET) {
            return tensors;
        }
        LdmUNetNaming naming = LdmUNetNaming.ofDiffusers(tensors.keySet());
        Map<String, TensorEntry> original = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> original.put(naming.originalName(name).orElse(name), entry));
        return original;
    }
}
