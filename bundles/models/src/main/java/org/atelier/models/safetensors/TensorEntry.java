package org.atelier.models.safetensors;

import java.util.ArrayList;
import java.util.List;

/**
 * A tensor entry in a safetensors header.
 *
 * @param name unique in its file
 * @param type data type
 * @param shape dimensions, none negative; empty for a scalar
 * @param begin offset of its first byte from the end of the header
 * @param end offset after its last byte
 * @param transposed whether the file holds the matrix with its axes exchanged
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end, boolean transposed) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** A tensor that is stored in the order of its shape. */
    public TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {
        this(name, type, shape, begin, end, false);
    }

    public long bytes() {
        return end - begin;
    }

    public TensorEntry named(String other) {
        return new TensorEntry(other, type, shape, begin, end, transposed);
    }

    /**
     * Splits the tensor along its first axis into equal parts, for example a fused projection into queries, keys and
     * values.
     *
     * @param names of the parts, in order
     * @throws IllegalArgumentException if the first axis is not divisible
     */
    public List<TensorEntry> split(String... names) {
        if (shape.isEmpty() || shape.get(0) % names.length != 0 || transposed) {
            throw new IllegalArgumentException(
                    "%s of shape %s cannot be split into %d equal parts".formatted(name, shape, names.length));
        }
        List<Long> partShape = new ArrayList<>(shape);
        partShape.set(0, shape.get(0) / names.length);
        long partBytes = bytes() / names.length;
        List<TensorEntry> parts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            parts.add(new TensorEntry(names[i], type, partShape, begin + i * partBytes, begin + (i + 1) * partBytes));
        }
        return List.copyOf(parts);
    }

    /** The same data with another shape of the same size. */
    public TensorEntry shaped(List<Long> other) {
        return new TensorEntry(name, type, other, begin, end, transposed);
    }

    /**
     * The matrix with its axes exchanged.
     *
     * @throws IllegalArgumentException if it does not have two axes
     */
    public TensorEntry transpose() {
        if (shape.size() != 2) {
            throw new IllegalArgumentException(name + " of shape " + shape + " is not a matrix");
        }
        return new TensorEntry(name, type, List.of(shape.get(1), shape.get(0)), begin, end, !transposed);
    }
}
