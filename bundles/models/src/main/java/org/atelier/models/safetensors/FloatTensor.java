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
 * A float32 tensor on the Java heap that can be stored as a safetensors file.
 *
 * @param shape dimensions, none negative
 * @param values read-only, in row-major order, one per element
 */
public record FloatTensor(List<Long> shape, FloatBuffer values) {

    /** Checks that the number of values fits the shape. */
    public FloatTensor {
        shape = List.copyOf(shape);
        values = values.asReadOnlyBuffer();
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        if (values.remaining() != count) {
            throw new IllegalArgumentException(values.remaining() + " values do not fill the shape " + shape);
        }
    }

    /** A safetensors file with only this tensor. */
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
     * Reads a file that {@link #toSafetensors} wrote; the content is untrusted.
     *
     * @param source file name for error messages
     * @throws AtelierException MODEL_INVALID if it is not a complete safetensors file with exactly this tensor in
     *     float32
     */
    public static FloatTensor ofSafetensors(byte[] content, String name, Path source) {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = headerBytes(file, source);
        Map<String, TensorEntry> tensors;
        try (ByteArrayInputStream header = new ByteArrayInputStream(content, Long.BYTES, (int) headerBytes)) {
            tensors = SafetensorsHeader.read(source, header, headerBytes, file.remaining() - headerBytes)
                    .tensors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TensorEntry entry = tensors.get(name);
        if (tensors.size() != 1 || entry == null || entry.type() != StoredType.F32) {
            throw ModelFaults.in(source, "must contain only the tensor " + name + " in F32.");
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
