package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.atelier.models.ModelFaults;
import org.atelier.models.checkpoint.CheckpointPart.Form;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.safetensors.TensorEntry;

/** Sorts the tensors of a file into networks by the prefixes of their names. */
final class PartSorter {

    static final String UNET = ModelComponent.UNET;
    static final String VAE = ModelComponent.VAE;
    static final String TEXT_ENCODER = "text_encoder";
    static final String TEXT_ENCODER_2 = "text_encoder_2";

    private static final String UNET_PREFIX = "model.diffusion_model.";
    private static final String EMA_PREFIX = "model_ema.";
    private static final String SGM_PREFIX = "conditioner.";

    /** Prefixes of networks: one, or several that mean the same. */
    private record Prefix(String text, String component, Form form) {}

    private static final Prefix[] PREFIXES = {
        new Prefix(UNET_PREFIX, UNET, Form.LDM_UNET),
        new Prefix("first_stage_model.", VAE, Form.LDM_AUTOENCODER),
        new Prefix("vae.", VAE, Form.LDM_AUTOENCODER),
        new Prefix("cond_stage_model.transformer.", TEXT_ENCODER, Form.CLIP),
        new Prefix("cond_stage_model.model.", TEXT_ENCODER, Form.OPEN_CLIP),
        new Prefix("conditioner.embedders.0.transformer.", TEXT_ENCODER, Form.CLIP),
        new Prefix("conditioner.embedders.0.model.", TEXT_ENCODER, Form.OPEN_CLIP),
        new Prefix("conditioner.embedders.1.transformer.", TEXT_ENCODER_2, Form.CLIP),
        new Prefix("conditioner.embedders.1.model.", TEXT_ENCODER_2, Form.OPEN_CLIP),
    };

    private static final Pattern VAE_TENSOR = Pattern.compile("(encoder|decoder|quant_conv|post_quant_conv)\\..+");
    private static final Pattern UNET_TENSOR =
            Pattern.compile("(input_blocks|middle_block|output_blocks|time_embed|label_emb|out)\\..+");
    private static final Pattern DIFFUSERS_UNET_TENSOR = Pattern.compile(
            "(conv_in|conv_norm_out|conv_out|time_embedding|add_embedding|class_embedding|(?:down|up)_blocks\\.\\d+|mid_block)"
                    + "\\.(?!motion_modules\\.).+");
    private static final Pattern NOISE_SCHEDULE = Pattern.compile(
            "betas|alphas_.*|sqrt_.*|log_one_minus_.*|posterior_.*|lvlb_weights|logvar|denoiser\\.sigmas|scale_factor");

    private final Map<String, Map<String, TensorEntry>> tensors = new LinkedHashMap<>();
    private final Map<String, Form> forms = new LinkedHashMap<>();
    private final Map<String, TensorEntry> rest = new LinkedHashMap<>();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private final Set<String> marks = new HashSet<>();
    private boolean sgm;

    private PartSorter() {}

    static PartSorter of(Path file, Map<String, TensorEntry> all) {
        PartSorter sorter = new PartSorter();
        boolean bareUNet = all.containsKey("input_blocks.0.0.weight") && all.containsKey("out.2.weight");
        boolean diffusersUNet = all.containsKey("conv_in.weight") && all.containsKey("conv_out.weight");
        boolean bareVae = all.containsKey("encoder.conv_in.weight") || all.containsKey("decoder.conv_in.weight");
        all.forEach((name, entry) -> {
            if (bareUNet && UNET_TENSOR.matcher(name).matches()) {
                sorter.add(file, UNET, Form.LDM_UNET, name, entry);
            } else if (diffusersUNet && DIFFUSERS_UNET_TENSOR.matcher(name).matches()) {
                sorter.add(file, UNET, Form.DIFFUSERS_UNET, name, entry);
            } else if (bareVae && VAE_TENSOR.matcher(name).matches()) {
                sorter.add(file, VAE, Form.LDM_AUTOENCODER, name, entry);
            } else {
                sorter.add(file, name, entry);
            }
        });
        return sorter;
    }

    private void add(Path file, String name, TensorEntry entry) {
        sgm |= name.startsWith(SGM_PREFIX);
        for (Prefix prefix : PREFIXES) {
            if (name.startsWith(prefix.text)) {
                String inner = name.substring(prefix.text.length());
                if (prefix.component.equals(VAE) && !VAE_TENSOR.matcher(inner).matches()) {
                    ignore("training state of the VAE");
                } else {
                    add(file, prefix.component, prefix.form, inner, entry);
                }
                return;
            }
        }
        if (name.startsWith(EMA_PREFIX)) {
            ignore("EMA copies");
        } else if (NOISE_SCHEDULE.matcher(name).matches()) {
            ignore("noise schedule");
        } else if (name.endsWith("logit_scale") || name.endsWith("position_ids")) {
            ignore("constants of the text encoder");
        } else {
            if (isMark(name)) {
                ignore("marks of prediction and noise schedule");
            } else {
                ignore("unknown");
                rest.put(name, entry);
            }
            marks.add(name);
        }
    }

    private static boolean isMark(String name) {
        return name.equals("v_pred") || name.equals("ztsnr") || name.startsWith("edm_");
    }

    private void ignore(String kind) {
        ignored.merge(kind, 1, Integer::sum);
    }

    private void add(Path file, String component, Form form, String inner, TensorEntry entry) {
        Form other = forms.putIfAbsent(component, form);
        Map<String, TensorEntry> part = tensors.computeIfAbsent(component, name -> new LinkedHashMap<>());
        if ((other != null && other != form) || part.putIfAbsent(inner, entry) != null) {
            throw ModelFaults.in(
                    file,
                    "mixes two models: it holds two different copies of its " + title(component)
                            + "; fetch the model again.");
        }
    }

    private static String title(String component) {
        return switch (component) {
            case UNET -> "UNet";
            case VAE -> "VAE";
            case TEXT_ENCODER -> "text encoder";
            default -> "second text encoder";
        };
    }

    /** The networks by component. */
    Map<String, CheckpointPart> parts() {
        Map<String, CheckpointPart> parts = new LinkedHashMap<>();
        tensors.forEach((component, named) -> parts.put(component, new CheckpointPart(form(component), named)));
        return parts;
    }

    /** A VAE in diffusers' names may have any of the prefixes. */
    private Form form(String component) {
        boolean diffusers = component.equals(VAE)
                && tensors.get(component).keySet().stream()
                        .anyMatch(name -> name.contains("down_blocks.") || name.contains("up_blocks."));
        return diffusers ? Form.DIFFUSERS_AUTOENCODER : forms.get(component);
    }

    /** How many tensors belong to no network, by what they are. */
    Map<String, Integer> ignored() {
        return ignored;
    }

    /** The tensors that are not known. */
    Map<String, TensorEntry> rest() {
        return rest;
    }

    /** The names that belong to no network. */
    Set<String> marks() {
        return marks;
    }

    /** Whether the text encoders have the names of sgm. */
    boolean isSgm() {
        return sgm;
    }
}
