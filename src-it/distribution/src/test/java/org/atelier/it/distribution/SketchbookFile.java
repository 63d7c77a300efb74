package org.atelier.it.distribution;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sketchbook in one file: the UNet in the names of sgm, the others with its prefixes. */
final class SketchbookFile {

    /** Residual blocks of a level of the encoder; the decoder has one more. */
    private static final int LAYERS = 1;

    /** The last blocks of the levels of the decoder with an attention. */
    private static final Set<Integer> ATTENTIONS = Set.of(1, 3);

    private static final Pattern BLOCK =
            Pattern.compile("(down|up)_blocks\\.(\\d)\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d)\\.(.+)");

    private static final Map<String, String> EDGES = Map.of(
            "conv_in", "input_blocks.0.0",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2",
            "conv_norm_out", "out.0",
            "conv_out", "out.2");

    private static final Map<String, String> RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private final JsonObject header = new JsonObject();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private SketchbookFile() {}

    /** @param model the folder of sketchbook */
    static void write(Path model, Path file) throws IOException {
        SketchbookFile whole = new SketchbookFile();
        whole.add(model.resolve("unet/diffusion_pytorch_model.safetensors"), "model.diffusion_model.", true);
        whole.add(model.resolve("vae/diffusion_pytorch_model.safetensors"), "first_stage_model.", false);
        whole.add(model.resolve("text_encoder/model.safetensors"), "conditioner.embedders.0.transformer.", false);
        whole.add(model.resolve("text_encoder_2/model.safetensors"), "conditioner.embedders.1.transformer.", false);
        byte[] text = whole.header.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + text.length + whole.content.size())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(whole.content.toByteArray())
                        .array());
    }

    private void add(Path network, String prefix, boolean unet) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(network)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] text = new byte[(int) bytes.getLong()];
        bytes.get(text);
        int start = bytes.position();
        JsonObject tensors =
                JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
        tensors.remove("__metadata__");
        for (String name : tensors.keySet()) {
            JsonObject tensor = tensors.getAsJsonObject(name);
            JsonArray offsets = tensor.getAsJsonArray("data_offsets");
            int begin = offsets.get(0).getAsInt();
            int size = offsets.get(1).getAsInt() - begin;
            JsonArray moved = new JsonArray();
            moved.add(content.size());
            moved.add(content.size() + size);
            tensor.add("data_offsets", moved);
            header.add(prefix + (unet ? original(name) : name), tensor);
            content.write(bytes.array(), start + begin, size);
        }
    }

    private static String original(String name) {
        Matcher block = BLOCK.matcher(name);
        if (block.matches()) {
            int level = Integer.parseInt(block.group(2));
            int layer = Integer.parseInt(block.group(4));
            boolean down = block.group(1).equals("down");
            int number = level * (LAYERS + 1) + layer + (down ? 1 : 0);
            String place = (down ? "input_blocks." : "output_blocks.");
            return switch (block.group(3)) {
                case "resnets" -> place + number + ".0." + renamed(block.group(5), RESNET);
                case "attentions" -> place + number + ".1." + block.group(5);
                case "downsamplers" ->
                    place + (level + 1) * (LAYERS + 1) + ".0.op"
                            + block.group(5).substring(4);
                default -> {
                    int last = level * (LAYERS + 1) + LAYERS;
                    yield place + last + (ATTENTIONS.contains(last) ? ".2." : ".1.") + block.group(5);
                }
            };
        }
        if (name.startsWith("mid_block.attentions.0.")) {
            return name.replace("mid_block.attentions.0.", "middle_block.1.");
        }
        if (name.startsWith("mid_block.resnets.")) {
            int number = 2 * (name.charAt("mid_block.resnets.".length()) - '0');
            return "middle_block." + number + "." + renamed(name.substring("mid_block.resnets.0.".length()), RESNET);
        }
        return renamed(name, EDGES);
    }

    private static String renamed(String name, Map<String, String> names) {
        int end = name.lastIndexOf('.');
        return names.get(name.substring(0, end)) + name.substring(end);
    }
}
