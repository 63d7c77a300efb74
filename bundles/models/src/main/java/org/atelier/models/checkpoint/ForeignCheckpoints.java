package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.TensorEntry;

/** Recognises files of other models and of other kinds, which are refused by what they are. */
final class ForeignCheckpoints {

    /** A kind of file. */
    private record Kind(String sentence, Predicate<String> marks) {}

    private static final String USE = " Use a checkpoint of Stable Diffusion 1.x, 2.x or XL.";

    private static final List<Kind> KINDS = List.of(
            kind(
                    "this is a LoRA, not a model; give it with --lora.",
                    "\\.lora_(down|up|A|B)(\\.default)?\\.weight$|\\.lora\\.(down|up)\\.weight$|_lora\\.(down|up)\\.weight$|\\.(hada_w1_a|lokr_w1|oft_blocks)$"),
            kind(
                    "this is a FLUX model, which is not supported." + USE,
                    "(^|\\.)(double_blocks|single_transformer_blocks)\\."),
            kind("this is a Stable Diffusion 3 model, which is not supported." + USE, "(^|\\.)joint_blocks\\."),
            kind("this is a motion module of AnimateDiff, which is not supported." + USE, "motion_modules\\."),
            kind(
                    "this is a ControlNet in original names; give a ControlNet as a folder in diffusers' layout, with --control-model.",
                    "^control_model\\.|^(zero_convs|input_hint_block)\\."),
            kind(
                    "this is a ControlNet, not a model; give its folder with --control-model.",
                    "^controlnet_(down_blocks|cond_embedding)\\."),
            kind("this is an IP-Adapter, which is not supported.", "^(image_proj|ip_adapter)\\."),
            kind(
                    "this is a textual inversion embedding, which is not supported.",
                    "^(emb_params|clip_l|clip_g|string_to_param.*|<[^>]*>)$"),
            kind(
                    "this is a Stable Cascade model, which is not supported." + USE,
                    "(^|\\.)(down_blocks\\.0\\.2\\.kv_mapper|clip_txt_mapper|clip_mapper)\\."),
            kind(
                    "this is an unCLIP model, which begins from the embedding of an image and is not supported." + USE,
                    "^embedder\\.model\\.visual\\.|^noise_augmentor\\."),
            kind(
                    "this is a diffusion transformer, which is not supported." + USE,
                    "^(model\\.diffusion_model\\.)?(transformer_blocks|blocks|layers)\\.0\\.|x_embedder\\.proj\\.weight$"),
            kind(
                    "this is a part of a UNet in diffusers' names; fetch the whole file.",
                    "^(unet\\.)?down_blocks\\.0\\.(resnets|attentions)\\.0\\."),
            kind(
                    "this is a text encoder, not a model; give a checkpoint with all its parts.",
                    "^(text_model|transformer\\.text_model|transformer\\.resblocks)\\."));

    private ForeignCheckpoints() {}

    private static Kind kind(String sentence, String name) {
        Pattern pattern = Pattern.compile(name);
        return new Kind(sentence, text -> pattern.matcher(text).find());
    }

    /** Whether a file is a LoRA, or another adapter of which the reader of LoRAs tells more. */
    static boolean isLora(Map<String, TensorEntry> tensors) {
        return tensors.keySet().stream().anyMatch(KINDS.get(0).marks);
    }

    /** Refuses a file whose tensors mark it as something else. */
    static void refuse(Path file, Map<String, TensorEntry> tensors) {
        for (Kind kind : KINDS) {
            if (tensors.keySet().stream().anyMatch(kind.marks)) {
                throw ModelFaults.in(file, kind.sentence);
            }
        }
    }

    /** Refuses weights in fewer than 16 bits. */
    static void refuseQuantised(Path file, Map<String, TensorEntry> tensors) {
        for (TensorEntry tensor : tensors.values()) {
            if (tensor.type().name().startsWith("F8_") || isScale(tensor.name())) {
                String type =
                        tensor.type().name().startsWith("F8_") ? tensor.type().name() : "scaled_fp8";
                throw ModelFaults.in(
                        file,
                        "its weights are stored in 8 bits (" + type
                                + "), which is not supported; use the file in float16 or bfloat16.");
            }
            if (tensor.name().endsWith(".absmax") || tensor.name().contains(".quant_state.")) {
                throw ModelFaults.in(
                        file,
                        "its weights are quantised by bitsandbytes, which is not supported; use the file in float16 or bfloat16.");
            }
        }
    }

    private static boolean isScale(String name) {
        return name.equals("scaled_fp8") || name.endsWith(".scaled_fp8") || name.endsWith(".scale_weight");
    }

    /** The error for a file with none of the known tensors. */
    static RuntimeException unknown(Path file, Map<String, TensorEntry> tensors) {
        if (tensors.isEmpty()) {
            return ModelFaults.in(file, "this file holds no tensors; fetch the model again.");
        }
        List<String> some = new ArrayList<>();
        tensors.keySet().stream().sorted().limit(3).forEach(name -> some.add(shown(name)));
        return ModelFaults.in(
                file,
                "this is not a model that is known here: its tensors are named " + String.join(", ", some)
                        + (tensors.size() > 3 ? ", …" : "") + "." + USE);
    }

    private static String shown(String name) {
        return name.length() > 80 ? name.substring(0, 80) + "…" : name;
    }
}
