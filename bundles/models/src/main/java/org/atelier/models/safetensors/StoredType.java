package org.atelier.models.safetensors;

import ai.djl.ndarray.types.DataType;
import java.util.Optional;
import org.atelier.tensor.Precision;

/** The data types of safetensors files. Only F32, F16 and BF16 can be weights of a network. */
public enum StoredType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    U16(2),
    I16(2),
    F16(2, Precision.FLOAT16, DataType.FLOAT16),
    /** Mapped as FLOAT16: DJL has no mapping for bfloat16 and must never see it. */
    BF16(2, Precision.BFLOAT16, DataType.FLOAT16),
    U32(4),
    I32(4),
    F32(4, Precision.FLOAT32, DataType.FLOAT32),
    U64(8),
    I64(8),
    F64(8),
    C64(8);

    private final int bytes;
    private final Precision precision;
    private final DataType mappedAs;

    StoredType(int bytes) {
        this(bytes, null, null);
    }

    StoredType(int bytes, Precision precision, DataType mappedAs) {
        this.bytes = bytes;
        this.precision = precision;
        this.mappedAs = mappedAs;
    }

    /** The type of that name in a safetensors header, or empty. */
    static Optional<StoredType> named(String name) {
        for (StoredType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public int bytes() {
        return bytes;
    }

    /** The precision for a network; empty if the type cannot be used for weights. */
    public Optional<Precision> precision() {
        return Optional.ofNullable(precision);
    }

    /** The data type under which DJL maps the bytes. */
    public DataType mappedAs() {
        return mappedAs;
    }
}
