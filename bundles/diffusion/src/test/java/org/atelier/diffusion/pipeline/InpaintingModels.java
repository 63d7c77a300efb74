package org.atelier.diffusion.pipeline;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates the tiny model with a UNet for inpainting. */
final class InpaintingModels {

    private static final String CONV_IN = "conv_in.weight";

    private InpaintingModels() {}

    /**
     * Copies the tiny model to a folder with another first convolution.
     *
     * @param convIn its weights for nine input channels
     */
    static TinyModel withConvIn(float[] convIn, Path folder) throws IOException {
        JsonObject scheduler = json(ReferenceTensors.folder().resolve("tiny-sdxl/scheduler/scheduler_config.json"));
        Schedules.copyTinyModelWith(scheduler, folder);
        Path config = folder.resolve("unet/config.json");
        JsonObject settings = json(config);
        settings.addProperty("in_channels", 9);
        Files.writeString(config, settings.toString());
        Path tensors = folder.resolve("unet/diffusion_pytorch_model.safetensors");
        Files.write(tensors, replaced(Files.readAllBytes(tensors), convIn));
        return new TinyModel(folder);
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** Appends the new tensor to the file, and drops the old one from its header. */
    private static byte[] replaced(byte[] file, float[] convIn) {
        ByteBuffer old = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) old.getLong()];
        old.get(header);
        JsonObject entries = JsonParser.parseString(new String(header, StandardCharsets.UTF_8))
                .getAsJsonObject();
        JsonObject first = entries.remove(CONV_IN).getAsJsonObject();
        long[] gap = offsets(first);
        long removed = gap[1] - gap[0];
        for (String name : entries.keySet()) {
            if (name.equals("__metadata__")) {
                continue;
            }
            long[] range = offsets(entries.getAsJsonObject(name));
            long shift = range[0] >= gap[1] ? removed : 0;
            setOffsets(entries.getAsJsonObject(name), range[0] - shift, range[1] - shift);
        }
        int data = old.remaining() - (int) removed;
        JsonObject added = new JsonObject();
        added.addProperty("dtype", "F32");
        added.add("shape", JsonParser.parseString("[32, 9, 3, 3]"));
        setOffsets(added, data, data + 4L * convIn.length);
        entries.add(CONV_IN, added);
        byte[] text = entries.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(8 + text.length + data + 4 * convIn.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
        int start = 8 + header.length;
        whole.put(file, start, (int) gap[0]).put(file, start + (int) gap[1], old.remaining() - (int) gap[1]);
        for (float value : convIn) {
            whole.putFloat(value);
        }
        return whole.array();
    }

    private static long[] offsets(JsonObject entry) {
        return new long[] {
            entry.getAsJsonArray("data_offsets").get(0).getAsLong(),
            entry.getAsJsonArray("data_offsets").get(1).getAsLong()
        };
    }

    private static void setOffsets(JsonObject entry, long from, long to) {
        entry.add("data_offsets", JsonParser.parseString("[" + from + ", " + to + "]"));
    }
}
