package org.atelier.models.naming;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.models.safetensors.TensorEntry;

/**
 * The tensor names of an autoencoder in the original repositories of Stable Diffusion, without their prefix. The number
 * of its levels is derived from the names. Its attention has 1x1 convolutions in place of linear layers.
 */
public final class LdmAutoencoderNaming implements TensorNaming {

    private static final Pattern LEVEL = Pattern.compile(
            "(encoder\\.down|decoder\\.up)\\.(\\d{1,2})\\.(block\\.(\\d{1,2})|downsample|upsample)\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("(encoder|decoder)\\.mid\\.(block_1|block_2|attn_1)\\.(.+)");
    private static final Pattern DIFFUSERS = Pattern.compile(
            "(encoder\\.down_blocks|decoder\\.up_blocks)\\.(\\d{1,2})\\.(resnets\\.(\\d{1,2})|downsamplers\\.0|upsamplers\\.0)\\.(.+)");
    private static final Pattern DIFFUSERS_MIDDLE =
            Pattern.compile("(encoder|decoder)\\.mid_block\\.(resnets\\.0|resnets\\.1|attentions\\.0)\\.(.+)");

    private static final Renaming EDGES = new Renaming()
            .with("encoder.norm_out", "encoder.conv_norm_out")
            .with("decoder.norm_out", "decoder.conv_norm_out");
    private static final Renaming RESNET = new Renaming().with("nin_shortcut", "conv_shortcut");
    private static final Renaming MIDDLES = new Renaming()
            .with("block_1", "resnets.0")
            .with("block_2", "resnets.1")
            .with("attn_1", "attentions.0");
    private static final Renaming ATTENTION = new Renaming()
            .with("norm", "group_norm")
            .with("q", "to_q")
            .with("k", "to_k")
            .with("v", "to_v")
            .with("proj_out", "to_out.0");

    private final int levels;

    private LdmAutoencoderNaming(int levels) {
        this.levels = levels;
    }

    /** Derives the levels of a network from all its original names. */
    public static LdmAutoencoderNaming of(Collection<String> names) {
        int last = 0;
        for (String name : names) {
            Matcher level = LEVEL.matcher(name);
            if (level.matches()) {
                last = Math.max(last, Integer.parseInt(level.group(2)));
            }
        }
        return new LdmAutoencoderNaming(last + 1);
    }

    @Override
    public List<TensorEntry> tensorsOf(TensorEntry stored) {
        Matcher middle = MIDDLE.matcher(stored.name());
        boolean attention = middle.matches() && middle.group(2).equals("attn_1");
        List<Long> shape = stored.shape();
        boolean pointwise =
                attention && shape.size() > 2 && shape.stream().skip(2).allMatch(side -> side == 1);
        TensorEntry linear = pointwise ? stored.shaped(shape.subList(0, 2)) : stored;
        return List.of(linear.named(diffusersName(stored.name()).orElse(stored.name())));
    }

    /** The name in diffusers; empty if it differs in nothing or is no name of an autoencoder. */
    public Optional<String> diffusersName(String original) {
        Matcher middle = MIDDLE.matcher(original);
        if (middle.matches()) {
            Renaming inner = middle.group(2).equals("attn_1") ? ATTENTION : RESNET;
            String rest = inner.toDiffusers(middle.group(3)).orElse(middle.group(3));
            return MIDDLES.toDiffusers(middle.group(2))
                    .map(part -> middle.group(1) + ".mid_block." + part + "." + rest);
        }
        Matcher level = LEVEL.matcher(original);
        if (!level.matches()) {
            return EDGES.toDiffusers(original);
        }
        boolean down = level.group(1).startsWith("encoder");
        int number = Integer.parseInt(level.group(2));
        String block = level.group(1) + "_blocks." + (down ? number : levels - 1 - number) + ".";
        String rest = level.group(5);
        return Optional.of(block
                + (level.group(4) == null
                        ? level.group(3) + "rs.0." + rest
                        : "resnets." + level.group(4) + "."
                                + RESNET.toDiffusers(rest).orElse(rest)));
    }

    /** The original name; empty if it differs in nothing or is no name of an autoencoder in diffusers. */
    public Optional<String> originalName(String diffusers) {
        Matcher middle = DIFFUSERS_MIDDLE.matcher(diffusers);
        if (middle.matches()) {
            Renaming inner = middle.group(2).startsWith("attentions") ? ATTENTION : RESNET;
            String rest = inner.toOriginal(middle.group(3)).orElse(middle.group(3));
            return MIDDLES.toOriginal(middle.group(2)).map(part -> middle.group(1) + ".mid." + part + "." + rest);
        }
        Matcher block = DIFFUSERS.matcher(diffusers);
        if (!block.matches()) {
            return EDGES.toOriginal(diffusers);
        }
        boolean down = block.group(1).startsWith("encoder");
        int number = Integer.parseInt(block.group(2));
        String begin = (down ? "encoder.down." + number : "decoder.up." + (levels - 1 - number)) + ".";
        String rest = block.group(5);
        return Optional.of(begin
                + (block.group(4) == null
                        ? (down ? "downsample." : "upsample.") + rest
                        : "block." + block.group(4) + "."
                                + RESNET.toOriginal(rest).orElse(rest)));
    }
}
