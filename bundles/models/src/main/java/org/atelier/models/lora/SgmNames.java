package org.atelier.models.lora;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a UNet's layers in the original code of Stable Diffusion, from those of diffusers. */
final class SgmNames {

    private static final Pattern BLOCK =
            Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d+)\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.(resnets|attentions)\\.(\\d+)\\.(.+)");

    private static final Map<String, String> SINGLE = Map.of(
            "conv_in", "input_blocks.0.0",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2",
            "conv_out", "out.2");

    private static final Map<String, String> RESNET = Map.of(
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private final Set<String> modules;
    private final int layers;

    /** @param modules of the UNet in diffusers' names */
    SgmNames(Set<String> modules) {
        this.modules = modules;
        int count = 0;
        while (has("down_blocks.0.resnets." + count + ".")) {
            count++;
        }
        this.layers = count;
    }

    private boolean has(String prefix) {
        return modules.stream().anyMatch(module -> module.startsWith(prefix));
    }

    /** The original name of a layer; empty if it has none. */
    Optional<String> of(String module) {
        String single = SINGLE.get(module);
        if (single != null) {
            return Optional.of(single);
        }
        Matcher middle = MIDDLE.matcher(module);
        if (middle.matches()) {
            boolean isResnet = middle.group(1).equals("resnets");
            int number = Integer.parseInt(middle.group(2));
            return Optional.of("middle_block." + (isResnet ? 2 * number : 2 * number + 1) + "."
                    + inner(isResnet, middle.group(3)));
        }
        Matcher block = BLOCK.matcher(module);
        return block.matches() ? Optional.of(block(block)) : Optional.empty();
    }

    private String block(Matcher block) {
        boolean isDown = block.group(1).equals("down");
        int index = Integer.parseInt(block.group(2));
        int layer = Integer.parseInt(block.group(4));
        int first = isDown ? 1 + index * (layers + 1) : index * (layers + 1);
        String inner = block.group(5);
        String list = isDown ? "input_blocks." : "output_blocks.";
        return switch (block.group(3)) {
            case "resnets" -> list + (first + layer) + ".0." + inner(true, inner);
            case "attentions" -> list + (first + layer) + ".1." + inner;
            case "downsamplers" -> list + (first + layers) + ".0.op";
            default -> list + (first + layers) + (has("up_blocks." + index + ".attentions.") ? ".2." : ".1.") + inner;
        };
    }

    private static String inner(boolean isResnet, String name) {
        return isResnet ? RESNET.getOrDefault(name, name) : name;
    }
}
