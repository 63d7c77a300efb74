package org.atelier.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The floating-point format in which a network computes. */
public enum Precision {
    /** IEEE 754 single precision: the reference for results, and fast on all devices. */
    FLOAT32("float32", 6, 4),
    /** The upper half of a float32: half the memory; fast on processors and GPUs that support it. */
    BFLOAT16("bfloat16", 15, 2),
    /** IEEE 754 half precision: half the memory; meant for GPUs, slow on a CPU. */
    FLOAT16("float16", 5, 2);

    private final String label;
    private final int scalarType;
    private final int bytes;

    Precision(String label, int scalarType, int bytes) {
        this.label = label;
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** The precision with this name; empty if there is none. */
    public static Optional<Precision> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Precision::label).toList();
    }

    /** Its name: {@code float32}, {@code bfloat16} or {@code float16}. */
    public String label() {
        return label;
    }

    /** Size of a value in bytes. */
    public int bytes() {
        return bytes;
    }

    /** PyTorch's {@code ScalarType} value. */
    int scalarType() {
        return scalarType;
    }
}
