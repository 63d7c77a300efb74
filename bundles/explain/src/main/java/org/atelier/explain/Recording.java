package org.atelier.explain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;

/** A file of the attention {@code record}: an image or a reference at a layer and step. */
final class Recording {

    private static final String FORMAT = "atelier-attention";
    private static final String VERSION = "1";

    private final SafetensorsFile file;

    private Recording(SafetensorsFile file) {
        this.file = file;
    }

    /** @throws AtelierException if it is not a recording in the known version */
    static Recording open(Path path) {
        Recording recording = new Recording(SafetensorsFile.open(path));
        if (!recording.text("format").equals(FORMAT)
                || !recording.text("version").equals(VERSION)) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "%s is not a recording of attention in version %s; record it again.".formatted(path, VERSION));
        }
        return recording;
    }

    boolean isReference() {
        return text("of").equals("reference");
    }

    /** The number of the image, or of the reference. */
    int number() {
        return number(isReference() ? "reference" : "image");
    }

    int step() {
        return number("step");
    }

    int steps() {
        return number("steps");
    }

    int layer() {
        return number("layer");
    }

    String block() {
        return text("block");
    }

    int heads() {
        return number("heads");
    }

    /** Rows of the feature map. */
    int height() {
        return number("height");
    }

    /** Columns of the feature map. */
    int width() {
        return number("width");
    }

    /** A text of the header; empty if it is missing. */
    String text(String key) {
        return file.metadata().getOrDefault(key, "");
    }

    int number(String key) {
        return Integer.parseInt(text(key));
    }

    boolean has(String tensor) {
        return file.tensors().containsKey(tensor);
    }

    int size(String tensor, int axis) {
        return Math.toIntExact(file.tensors().get(tensor).shape().get(axis));
    }

    /** The values of a tensor in row-major order. */
    float[] values(String tensor) {
        TensorEntry entry = file.tensors().get(tensor);
        ByteBuffer bytes = file.read(entry).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / entry.type().bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.type() == StoredType.F16 ? single(bytes.getShort()) : bytes.getFloat();
        }
        return values;
    }

    /** The value of a float16 that is neither infinite nor subnormal. */
    static float single(short half) {
        int sign = (half & 0x8000) << 16;
        int rest = half & 0x7fff;
        return Float.intBitsToFloat(rest < 0x400 ? sign : sign | ((rest << 13) + (112 << 23)));
    }

    /** The mean over the values of a tensor. */
    double mean(String tensor) {
        double sum = 0;
        float[] values = values(tensor);
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
