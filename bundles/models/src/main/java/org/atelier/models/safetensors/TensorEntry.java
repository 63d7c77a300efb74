package org.atelier.models.safetensors;

import java.util.ArrayList;
import java.util.List;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param name unique in its file
 * @param type how its numbers are stored
 * @param shape its sides, none negative; empty for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end one past its last byte
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }

    public long bytes() {
        return end - begin;
    }

    public TensorEntry named(String other) {
        return new TensorEntry(other, type, shape, begin, end);
    }

    /**
     * The tensor cut along its first axis into equal parts, whose bytes lie one after another: a fused projection as its queries, keys and
     * values.
     *
     * @param names of the parts, in order
     * @throws IllegalArgumentException if the first axis cannot be cut so
     */
    public List<TensorEntry> split(String... names) {
        if (shape.isEmpty() || shape.get(0) % names.length != 0) {
            throw new IllegalArgumentException(
                    "%s of shape %s cannot be cut into %d equal parts".formatted(name, shape, names.length));
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

    /** The same bytes seen in another shape of as many numbers. */
    public TensorEntry shaped(List<Long> other) {
        return new TensorEntry(name, type, other, begin, end);
    }
}
