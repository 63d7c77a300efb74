package org.atelier.explain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes recordings as the attention {@code record} does, of 2 × 2 tokens. */
final class RecordingFile {

    private final List<String> header = new ArrayList<>();
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();

    private RecordingFile(String of, int number, int step, String version) {
        header.add(
                ("\"__metadata__\":{\"format\":\"atelier-attention\",\"version\":\"%s\",\"of\":\"%s\",\"%2$s\":\"%d\","
                                + "\"step\":\"%d\",\"steps\":\"10\",\"layer\":\"3\",\"layers\":\"4\",\"block\":\"up1\",\"heads\":\"1\","
                                + "\"height\":\"2\",\"width\":\"2\",\"place.0\":\"<house>\",\"place.1\":\"0.12:0.12\","
                                + "\"query.channel\":\"1\",\"key.channel\":\"0\"}")
                        .formatted(version, of, number, step));
    }

    /** A reference and the images from {@code first} on, at two steps. */
    static void writeSet(Path folder, int first, int end) throws IOException {
        Files.createDirectories(folder);
        for (int step : new int[] {4, 9}) {
            RecordingFile reference = new RecordingFile("reference", 0, step, "1");
            reference.put("output", "2,2,3", 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
            reference.write(folder.resolve("reference-000-step-%03d-layer-003.safetensors".formatted(step)));
            for (int image = first; image < end; image++) {
                image(image, step, "1")
                        .write(folder.resolve("image-%03d-step-%03d-layer-003.safetensors".formatted(image, step)));
            }
        }
    }

    static void writeVersion(Path file, String version) throws IOException {
        image(0, 0, version).write(file);
    }

    private static RecordingFile image(int image, int step, String version) {
        RecordingFile file = new RecordingFile("image", image, step, version);
        for (String kind : List.of("query", "key")) {
            file.put(kind + ".range", "2", -1, 1);
            for (String name : List.of("own", "aligned", "reference-0")) {
                file.put(kind + "." + name + ".moments", "2,1,2", name.equals("own") ? 0.5f : 0, 0.1f, 1, 1);
                file.put(kind + "." + name + ".histogram", "4", 0.1f, 0.4f, 0.4f, 0.1f);
            }
        }
        file.put("places", "2,2", 0.25f, 0.75f, 0.12f, 0.12f);
        file.put("attention.own", "2,4", 0.1f, 0.2f, 0.1f, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f);
        file.put("attention.reference-0", "2,4", 0.1f, 0.1f, 0.1f, 0.1f, 0.15f, 0.15f, 0.15f, 0.15f);
        file.put("share.own", "2,2", 0.6f, 0.6f, 0.6f, 0.6f);
        file.put("share.reference-0", "2,2", 0.4f, 0.4f, 0.4f, 0.4f);
        file.put("share-without-adain.reference-0", "2,2", 0.1f, 0.1f, 0.1f, 0.1f);
        file.put("output", "2,2,3", 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
        return file;
    }

    private void put(String name, String shape, float... content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(content);
        int begin = values.size();
        values.writeBytes(bytes.array());
        header.add("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                .formatted(name, shape, begin, values.size()));
    }

    private void write(Path file) throws IOException {
        byte[] json = ("{" + String.join(",", header) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + json.length + values.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(values.toByteArray());
        Files.write(file, content.array());
    }
}
