package org.atelier.models.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.TensorEntry;

/** What in a file says whether its UNet predicts noise or velocity. */
final class PredictionMarks {

    private static final String EPSILON = "epsilon";
    private static final String VELOCITY = "v_prediction";
    private static final String METADATA = "modelspec.prediction_type";

    /** ComfyUI's rule for Stable Diffusion 2, whose two versions differ in nothing but values. */
    private static final String JUDGED = "output_blocks.11.1.transformer_blocks.0.norm1.bias";

    private static final int LARGEST_BIAS = 1 << 20;
    private static final double LARGEST_DEVIATION_OF_EPSILON = 0.09;

    private PredictionMarks() {}

    static Optional<String> of(CheckpointFile checkpoint, boolean guess) {
        SafetensorsFile file = checkpoint.file();
        String stated = file.metadata().getOrDefault(METADATA, "").strip().toLowerCase(Locale.ROOT);
        if (stated.equals("v") || stated.equals(VELOCITY) || stated.equals("v-prediction")) {
            return Optional.of(VELOCITY);
        }
        if (stated.equals(EPSILON)) {
            return Optional.of(EPSILON);
        }
        if (file.tensors().containsKey("v_pred")) {
            return Optional.of(VELOCITY);
        }
        boolean ambiguous = checkpoint.architecture() == Architecture.SD2 && !checkpoint.isInpainting();
        return guess && ambiguous
                ? checkpoint
                        .unetTensor(JUDGED)
                        .filter(tensor -> tensor.bytes() <= LARGEST_BIAS)
                        .map(tensor -> judged(file, tensor))
                : Optional.empty();
    }

    private static String judged(SafetensorsFile file, TensorEntry tensor) {
        return deviation(file, tensor) > LARGEST_DEVIATION_OF_EPSILON ? VELOCITY : EPSILON;
    }

    /** The population standard deviation of a tensor. */
    private static double deviation(SafetensorsFile file, TensorEntry tensor) {
        ByteBuffer bytes = file.read(tensor).order(ByteOrder.LITTLE_ENDIAN);
        double sum = 0;
        double squares = 0;
        int count = 0;
        while (bytes.remaining() >= tensor.type().bytes()) {
            double value =
                    switch (tensor.type()) {
                        case F32 -> bytes.getFloat();
                        case BF16 -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
                        case F16 -> half(bytes.getShort());
                        default -> {
                            bytes.position(bytes.limit());
                            yield 0;
                        }
                    };
            sum += value;
            squares += value * value;
            count++;
        }
        double mean = count == 0 ? 0 : sum / count;
        return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 0x1f ? Double.NaN : Math.scalb(1 + fraction / 1024.0, exponent - 15);
        return bits < 0 ? -magnitude : magnitude;
    }
}
