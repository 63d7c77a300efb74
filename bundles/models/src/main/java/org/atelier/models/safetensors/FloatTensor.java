package org.atelier.models.safetensors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;

/**
 * Numbers in Java's memory, to be kept in a small safetensors file and read back.
 *
 * @param shape its sides, none negative
 * @param values read-only, in row-major order, as many as the sides' product
 */
public record FloatTensor(List<Long> shape, FloatBuffer values) {

    /** Refuses values that do not fill the shape. */
    public FloatTensor {
        shape = List.copyOf(shape);
        values = values.asReadOnlyBuffer();
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        if (values.remaining() != count) {
            throw new IllegalArgumentException(values.remaining() + " values do not fill the shape " + shape);
        }
    }

    /** A file that holds this tensor alone. */
    public byte[] toSafetensors(String name) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            FloatTensorFile.write(Map.of(name, this), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /**
     * Reads what {@link #toSafetensors} wrote, trusting nothing in it.
     *
     * @param source what errors call the file
     * @throws AtelierException MODEL_INVALID when it is no whole safetensors file, or holds anything but that tensor in
     *     float32
     */
    public static FloatTensor ofSafetensors(byte[] content, String name, Path source) {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = headerBytes(file, source);
        Map<String, TensorEntry> tensors;
        try (ByteArrayInputStream header = new ByteArrayInputStream(content, Long.BYTES, (int) headerBytes)) {
            tensors = SafetensorsHeader.read(source, header, headerBytes, file.remaining() - headerBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TensorEntry entry = tensors.get(name);
        if (tensors.size() != 1 || entry == null || entry.type() != StoredType.F32) {
            throw ModelFaults.in(source, "should hold " + name + " in F32 and nothing else.");
        }
        file.position(Long.BYTES + (int) headerBytes);
        return new FloatTensor(
                entry.shape(), file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }

    private static long headerBytes(ByteBuffer file, Path source) {
        try {
            long headerBytes = file.getLong();
            if (headerBytes >= 0 && headerBytes <= file.remaining()) {
                return headerBytes;
            }
        } catch (BufferUnderflowException e) {
            throw ModelFaults.in(source, "the file is truncated: it has only " + file.capacity() + " bytes.", e);
        }
        throw ModelFaults.in(source, "not a safetensors file, or truncated within its header.");
    }
}
