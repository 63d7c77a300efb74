package org.atelier.models.naming;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.models.safetensors.TensorEntry;

/**
 * The tensor names of a UNet in the original repositories of Stable Diffusion (LDM, sgm), without their prefix. The
 * blocks of the network are derived from the names.
 */
public final class LdmUNetNaming implements TensorNaming {

    private static final Pattern BLOCK = Pattern.compile("(input|output)_blocks\\.(\\d{1,3})\\.(\\d)\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("middle_block\\.([012])\\.(.+)");
    private static final Pattern DIFFUSERS = Pattern.compile(
            "(down|up)_blocks\\.(\\d{1,3})\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d{1,3})\\.(.+)");
    private static final Pattern DIFFUSERS_MIDDLE = Pattern.compile("mid_block\\.(resnets|attentions)\\.([01])\\.(.+)");

    private static final Renaming EDGES = new Renaming()
            .with("input_blocks.0.0", "conv_in")
            .with("time_embed.0", "time_embedding.linear_1")
            .with("time_embed.2", "time_embedding.linear_2")
            .with("time_embed.cond_proj", "time_embedding.cond_proj")
            .with("label_emb.0.0", "add_embedding.linear_1")
            .with("label_emb.0.2", "add_embedding.linear_2")
            .with("out.0", "conv_norm_out")
            .with("out.2", "conv_out");

    private static final Renaming RESNET = new Renaming()
            .with("in_layers.0", "norm1")
            .with("in_layers.2", "conv1")
            .with("emb_layers.1", "time_emb_proj")
            .with("out_layers.0", "norm2")
            .with("out_layers.3", "conv2")
            .with("skip_connection", "conv_shortcut");

    private static final Renaming DOWNSAMPLER = new Renaming().with("op", "conv");

    /** Residual blocks of each level of the encoder; the decoder has one more. */
    private final int layers;

    /** The output blocks with an attention, by number. */
    private final Set<Integer> attentions;

    private LdmUNetNaming(int layers, Set<Integer> attentions) {
        this.layers = layers;
        this.attentions = Set.copyOf(attentions);
    }

    /** Derives the blocks of a network from all its original names. */
    public static LdmUNetNaming of(Collection<String> names) {
        int firstDownsampler = Integer.MAX_VALUE;
        int last = 1;
        Set<Integer> attentions = new HashSet<>();
        for (String name : names) {
            Matcher block = BLOCK.matcher(name);
            if (!block.matches()) {
                continue;
            }
            int number = Integer.parseInt(block.group(2));
            if (block.group(1).equals("input")) {
                last = Math.max(last, number);
                if (block.group(4).startsWith("op.")) {
                    firstDownsampler = Math.min(firstDownsampler, number);
                }
            } else if (block.group(3).equals("1") && !block.group(4).startsWith("conv.")) {
                attentions.add(number);
            }
        }
        int layers = firstDownsampler == Integer.MAX_VALUE ? last : firstDownsampler - 1;
        return new LdmUNetNaming(Math.max(1, layers), attentions);
    }

    /** Derives the blocks of a network from all its names in diffusers. */
    public static LdmUNetNaming ofDiffusers(Collection<String> names) {
        int layers = 0;
        Set<List<Integer>> attentionLayers = new HashSet<>();
        for (String name : names) {
            Matcher block = DIFFUSERS.matcher(name);
            if (!block.matches()) {
                continue;
            }
            int level = Integer.parseInt(block.group(2));
            int layer = Integer.parseInt(block.group(4));
            boolean down = block.group(1).equals("down");
            if (down && level == 0 && block.group(3).equals("resnets")) {
                layers = Math.max(layers, layer + 1);
            } else if (!down && block.group(3).equals("attentions")) {
                attentionLayers.add(List.of(level, layer));
            }
        }
        int levelBlocks = Math.max(1, layers) + 1;
        Set<Integer> attentions = new HashSet<>();
        attentionLayers.forEach(each -> attentions.add(each.get(0) * levelBlocks + each.get(1)));
        return new LdmUNetNaming(levelBlocks - 1, attentions);
    }

    @Override
    public List<TensorEntry> tensorsOf(TensorEntry stored) {
        TensorEntry named = stored.named(diffusersName(stored.name()).orElse(stored.name()));
        return DiffusersNaming.UNET.tensorsOf(named);
    }

    /** The name in diffusers; empty if it is no name of a UNet. */
    public Optional<String> diffusersName(String original) {
        Matcher middle = MIDDLE.matcher(original);
        if (middle.matches()) {
            int number = Integer.parseInt(middle.group(1));
            return number == 1
                    ? Optional.of("mid_block.attentions.0." + middle.group(2))
                    : resnet("mid_block", number / 2, middle.group(2));
        }
        Optional<String> edge = EDGES.toDiffusers(original);
        Matcher block = BLOCK.matcher(original);
        if (edge.isPresent() || !block.matches()) {
            return edge;
        }
        int number = Integer.parseInt(block.group(2));
        int part = Integer.parseInt(block.group(3));
        return block.group(1).equals("input")
                ? down(number - 1, part, block.group(4))
                : up(number, part, block.group(4));
    }

    private Optional<String> down(int index, int part, String rest) {
        String block = "down_blocks." + index / (layers + 1);
        int layer = index % (layers + 1);
        if (rest.startsWith("op.")) {
            return Optional.of(block + ".downsamplers.0.conv" + rest.substring("op".length()));
        }
        return part == 0 ? resnet(block, layer, rest) : Optional.of(block + ".attentions." + layer + "." + rest);
    }

    private Optional<String> up(int index, int part, String rest) {
        String block = "up_blocks." + index / (layers + 1);
        int layer = index % (layers + 1);
        if (part > 0 && rest.startsWith("conv.")) {
            return Optional.of(block + ".upsamplers.0." + rest);
        }
        return part == 0 ? resnet(block, layer, rest) : Optional.of(block + ".attentions." + layer + "." + rest);
    }

    private static Optional<String> resnet(String block, int layer, String rest) {
        return RESNET.toDiffusers(rest).map(name -> block + ".resnets." + layer + "." + name);
    }

    /** The original name; empty if it is no name of a UNet in diffusers. */
    public Optional<String> originalName(String diffusers) {
        Matcher middle = DIFFUSERS_MIDDLE.matcher(diffusers);
        if (middle.matches()) {
            return middle.group(1).equals("attentions")
                    ? Optional.of("middle_block.1." + middle.group(3))
                    : RESNET.toOriginal(middle.group(3))
                            .map(rest -> "middle_block." + 2 * Integer.parseInt(middle.group(2)) + "." + rest);
        }
        Matcher block = DIFFUSERS.matcher(diffusers);
        if (!block.matches()) {
            return EDGES.toOriginal(diffusers);
        }
        int level = Integer.parseInt(block.group(2));
        int layer = Integer.parseInt(block.group(4));
        boolean down = block.group(1).equals("down");
        int number = level * (layers + 1) + layer + (down ? 1 : 0);
        String begin = (down ? "input_blocks." : "output_blocks.");
        String rest = block.group(5);
        return switch (block.group(3)) {
            case "resnets" -> RESNET.toOriginal(rest).map(name -> begin + number + ".0." + name);
            case "attentions" -> Optional.of(begin + number + ".1." + rest);
            case "downsamplers" ->
                DOWNSAMPLER.toOriginal(rest).map(name -> begin + (level + 1) * (layers + 1) + ".0." + name);
            default -> {
                int last = level * (layers + 1) + layers;
                yield Optional.of(begin + last + (attentions.contains(last) ? ".2." : ".1.") + rest);
            }
        };
    }
}
