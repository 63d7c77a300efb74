package org.atelier.models.lora;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;

/** Looks for NaN and infinity in the bits of a file: in IEEE 754, all bits of the exponent are set then. */
final class FiniteFactors {

    private static final int FLOAT = 0x7f800000;
    private static final int HALF = 0x7c00;
    private static final int BFLOAT = 0x7f80;

    private FiniteFactors() {}

    /** @throws org.atelier.api.AtelierException MODEL_INVALID naming the first tensor with NaN or infinity */
    static void require(SafetensorsFile file) {
        for (TensorEntry entry : file.tensors().values()) {
            if (entry.type().precision().isPresent() && !isFinite(file.map(entry), entry.type())) {
                throw ModelFaults.in(
                        file.path(), Shortened.name(entry.name()) + " holds NaN or infinity; fetch the LoRA again.");
            }
        }
    }

    private static boolean isFinite(ByteBuffer bytes, StoredType type) {
        ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case F32 -> isFinite(ordered.asIntBuffer());
            case F16 -> isFinite(ordered.asShortBuffer(), HALF);
            default -> isFinite(ordered.asShortBuffer(), BFLOAT);
        };
    }

    private static boolean isFinite(IntBuffer numbers) {
        while (numbers.hasRemaining()) {
            if ((numbers.get() & FLOAT) == FLOAT) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite(ShortBuffer numbers, int exponent) {
        while (numbers.hasRemaining()) {
            if ((numbers.get() & exponent) == exponent) {
                return false;
            }
        }
        return true;
    }
}
