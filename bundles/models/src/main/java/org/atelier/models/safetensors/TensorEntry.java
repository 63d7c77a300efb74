package org.atelier.models.safetensors;

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

    /** The same bytes seen in another shape of as many numbers. */
    public TensorEntry shaped(List<Long> other) {
        return new TensorEntry(name, type, other, begin, end);
    }
}
