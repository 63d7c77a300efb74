package org.atelier.models.lora;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tensor of a LoRA file is.
 *
 * @param network that it changes
 * @param module name of the layer without prefix, with dots or underscores
 * @param role of the tensor in the layer
 * @param dialect {@code null} for alpha, which every dialect names alike
 */
record LoraKey(AdaptedNetwork network, String module, Role role, LoraDialect dialect) {

    /** The factors of a layer. */
    enum Role {
        DOWN,
        UP,
        /** The core of a convolution in CP decomposition. */
        MID,
        ALPHA
    }

    /** No key of a real file is longer. */
    private static final int LONGEST = 400;

    private static final Pattern KOHYA = Pattern.compile("(.+)\\.lora_(down|up|mid)\\.weight");
    private static final Pattern PEFT = Pattern.compile("(.+)\\.lora_(A|B)(?:\\.[A-Za-z0-9_-]+)?\\.weight");
    private static final Pattern DIFFUSERS = Pattern.compile("(.+)\\.lora(?:_linear_layer)?\\.(down|up)\\.weight");
    private static final Pattern PROCESSOR =
            Pattern.compile("(.+?)(?:\\.processor)?\\.to_(q|k|v|out)_lora\\.(down|up)\\.weight");
    private static final Pattern PROCESSOR_ALPHA =
            Pattern.compile("(.+?)(?:\\.processor)?\\.to_(q|k|v|out)_lora\\.alpha");
    private static final Pattern ALPHA = Pattern.compile("(.+?)(?:\\.lora(?:_linear_layer)?)?\\.alpha");

    private static final Map<String, Role> ROLES =
            Map.of("down", Role.DOWN, "up", Role.UP, "mid", Role.MID, "A", Role.DOWN, "B", Role.UP);

    /** Parses a key; empty if it is not that of a LoRA. */
    static Optional<LoraKey> parse(String key) {
        return key.length() > LONGEST ? Optional.empty() : parseShort(key);
    }

    private static Optional<LoraKey> parseShort(String key) {
        Matcher matcher = PROCESSOR.matcher(key);
        if (matcher.matches()) {
            String module = projection(matcher.group(1), matcher.group(2));
            return Optional.of(of(module, ROLES.get(matcher.group(3)), LoraDialect.DIFFUSERS));
        }
        matcher = PROCESSOR_ALPHA.matcher(key);
        if (matcher.matches()) {
            return Optional.of(of(projection(matcher.group(1), matcher.group(2)), Role.ALPHA, null));
        }
        return pair(KOHYA, key, LoraDialect.KOHYA)
                .or(() -> pair(PEFT, key, LoraDialect.PEFT))
                .or(() -> pair(DIFFUSERS, key, LoraDialect.DIFFUSERS))
                .or(() -> alpha(key));
    }

    private static Optional<LoraKey> pair(Pattern pattern, String key, LoraDialect dialect) {
        Matcher matcher = pattern.matcher(key);
        return matcher.matches()
                ? Optional.of(of(matcher.group(1), ROLES.get(matcher.group(2)), dialect))
                : Optional.empty();
    }

    private static Optional<LoraKey> alpha(String key) {
        Matcher matcher = ALPHA.matcher(key);
        return matcher.matches() ? Optional.of(of(matcher.group(1), Role.ALPHA, null)) : Optional.empty();
    }

    /** The layer of an attention processor, which in text encoders has another name. */
    private static String projection(String attention, String which) {
        boolean isText = attention.endsWith("self_attn");
        if (which.equals("out")) {
            return attention + (isText ? ".out_proj" : ".to_out.0");
        }
        return attention + (isText ? "." + which + "_proj" : ".to_" + which);
    }

    private static LoraKey of(String path, Role role, LoraDialect dialect) {
        for (Prefix prefix : Prefix.values()) {
            if (path.startsWith(prefix.text)) {
                String module = path.substring(prefix.text.length());
                return new LoraKey(prefix.networkOf(module), withoutWrapper(module), role, dialect);
            }
        }
        String module = withoutWrapper(path);
        return new LoraKey(bare(module), module, role, dialect);
    }

    private static String withoutWrapper(String module) {
        String wrapper = "base_model.model.";
        return module.startsWith(wrapper) ? module.substring(wrapper.length()) : module;
    }

    private static AdaptedNetwork bare(String module) {
        return module.startsWith("text_model") ? AdaptedNetwork.TEXT_ENCODER : AdaptedNetwork.UNET;
    }

    /** The prefixes of the networks; none is a prefix of a later one. */
    private enum Prefix {
        KOHYA_UNET("lora_unet_", AdaptedNetwork.UNET),
        KOHYA_TEXT("lora_te_", AdaptedNetwork.TEXT_ENCODER),
        KOHYA_TEXT_1("lora_te1_", AdaptedNetwork.TEXT_ENCODER),
        KOHYA_TEXT_2("lora_te2_", AdaptedNetwork.TEXT_ENCODER_2),
        LYCORIS("lycoris_", null),
        UNET("unet.", AdaptedNetwork.UNET),
        TEXT("text_encoder.", AdaptedNetwork.TEXT_ENCODER),
        TEXT_2("text_encoder_2.", AdaptedNetwork.TEXT_ENCODER_2),
        CHECKPOINT("model.diffusion_model.", AdaptedNetwork.UNET),
        SGM("diffusion_model.", AdaptedNetwork.UNET);

        private final String text;
        private final AdaptedNetwork network;

        Prefix(String text, AdaptedNetwork network) {
            this.text = text;
            this.network = network;
        }

        private AdaptedNetwork networkOf(String module) {
            return network == null ? bare(module) : network;
        }
    }
}
