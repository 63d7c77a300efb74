package org.atelier.models.lora;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.TensorEntry;

/** Reads a tensor of one number. */
final class ScalarTensor {

    private static final int EXPONENT_OFFSET = 112;

    private ScalarTensor() {}

    static double read(SafetensorsFile file, TensorEntry entry) {
        boolean isOne = entry.shape().stream().allMatch(side -> side == 1);
        double value = isOne ? number(file, entry) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw ModelFaults.of(Shortened.name(entry.name()) + " of type " + entry.type() + " and shape "
                    + entry.shape() + " is not one finite number.");
        }
        return value;
    }

    private static double number(SafetensorsFile file, TensorEntry entry) {
        ByteBuffer bytes = file.read(entry).order(ByteOrder.LITTLE_ENDIAN);
        return switch (entry.type()) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case F16 -> ofHalf(bytes.getShort());
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case I64 -> bytes.getLong();
            case I32 -> bytes.getInt();
            default -> Double.NaN;
        };
    }

    /** IEEE 754 binary16. */
    private static float ofHalf(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + EXPONENT_OFFSET;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
