package org.atelier.models.safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/** Reads and writes float32 tensors on the Java heap as safetensors files. */
public final class FloatTensorFile {

    private static final int ALIGNMENT = 8;

    private FloatTensorFile() {}

    /**
     * Writes a file.
     *
     * @param tensors by names of letters, digits and dots; each less than 2 GB, all together of any size
     */
    public static void write(Map<String, FloatTensor> tensors, OutputStream out) throws IOException {
        byte[] header = header(tensors);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (FloatTensor tensor : tensors.values()) {
            FloatBuffer values = tensor.values().duplicate();
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.remaining(), Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            out.write(bytes.array());
        }
    }

    /**
     * Reads a file that {@link #write} wrote; the content is untrusted.
     *
     * @return the tensors in the order of the file
     * @throws AtelierException MODEL_INVALID if it is not a complete safetensors file with only float32 tensors
     */
    public static Map<String, FloatTensor> read(Path file) {
        SafetensorsFile opened = SafetensorsFile.open(file);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (TensorEntry entry : opened.tensors().values()) {
            if (entry.type() != StoredType.F32) {
                throw ModelFaults.in(file, entry.name() + " must be F32.");
            }
            ByteBuffer bytes = opened.read(entry).order(ByteOrder.LITTLE_ENDIAN);
            tensors.put(entry.name(), new FloatTensor(entry.shape(), bytes.asFloatBuffer()));
        }
        return tensors;
    }

    /** Padded with spaces, so that the data is aligned. */
    static byte[] header(Map<String, FloatTensor> tensors) {
        List<String> entries = new ArrayList<>();
        long begin = 0;
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            long end = begin + (long) tensor.getValue().values().remaining() * Float.BYTES;
            String shape = tensor.getValue().shape().toString().replace(" ", "");
            entries.add("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), shape, begin, end));
            begin = end;
        }
        String header = "{" + String.join(",", entries) + "}";
        int missing = Math.floorMod(-header.length(), ALIGNMENT);
        return (header + " ".repeat(missing)).getBytes(StandardCharsets.UTF_8);
    }
}
