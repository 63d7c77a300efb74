package org.atelier.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Numbers in native memory, in rows; to be closed by whoever made or took it. Immutable. */
public final class Tensor implements AutoCloseable {

    private final OnnxTensor value;

    Tensor(OnnxTensor value) {
        this.value = value;
    }

    /** @param values as many as the shape has places, the last side closest together */
    public static Tensor floats(float[] values, long... shape) {
        FloatBuffer buffer = direct((long) values.length * Float.BYTES).asFloatBuffer();
        return made(() -> OnnxTensor.createTensor(
                Sessions.environment(), buffer.put(values).flip(), shape));
    }

    /** As {@link #floats(float[], long...)}, of whole numbers. */
    public static Tensor longs(long[] values, long... shape) {
        LongBuffer buffer = direct((long) values.length * Long.BYTES).asLongBuffer();
        return made(() -> OnnxTensor.createTensor(
                Sessions.environment(), buffer.put(values).flip(), shape));
    }

    /** True or false, of shape (1). */
    public static Tensor flag(boolean value) {
        return made(() -> OnnxTensor.createTensor(Sessions.environment(), new boolean[] {value}));
    }

    /** How long each side is. */
    public long[] shape() {
        return info().getShape();
    }

    /** A copy of every number; half-precision ones widened. */
    public float[] floats() {
        FloatBuffer buffer = value.getFloatBuffer();
        if (buffer == null) {
            throw new IllegalStateException("not of floating point: " + info());
        }
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    /** A copy of every whole number. */
    public long[] longs() {
        LongBuffer buffer = value.getLongBuffer();
        if (buffer == null) {
            throw new IllegalStateException("not of whole numbers: " + info());
        }
        long[] longs = new long[buffer.remaining()];
        buffer.get(longs);
        return longs;
    }

    /**
     * The last position of each row.
     *
     * @return (row, number) of a tensor (row, position, number)
     */
    public float[][] lastOfEachRow() {
        long[] shape = shape();
        FloatBuffer buffer = value.getFloatBuffer();
        float[][] last = new float[(int) shape[0]][(int) shape[2]];
        for (int row = 0; row < last.length; row++) {
            buffer.get((int) (((row + 1) * shape[1] - 1) * shape[2]), last[row]);
        }
        return last;
    }

    /**
     * Rows of this, in another order, any of them several times.
     *
     * @param rows which row of this each row of the result is
     */
    public Tensor rows(int... rows) {
        long[] shape = shape();
        ByteBuffer from = value.getByteBuffer();
        int row = Math.toIntExact(from.remaining() / Math.max(1, shape[0]));
        ByteBuffer to = direct((long) row * rows.length);
        for (int each : rows) {
            to.put(from.slice(each * row, row));
        }
        shape[0] = rows.length;
        OnnxJavaType type = info().type;
        return made(() -> OnnxTensor.createTensor(Sessions.environment(), to.flip(), shape, type));
    }

    /** This, or a copy in the width that a graph takes. */
    Tensor as(OnnxJavaType wanted) {
        OnnxJavaType type = info().type;
        if (type == wanted) {
            return this;
        }
        long[] shape = shape();
        if (wanted == OnnxJavaType.FLOAT16 && type == OnnxJavaType.FLOAT) {
            ByteBuffer halves = direct((long) value.getFloatBuffer().remaining() * Short.BYTES);
            halves.asShortBuffer().put(Fp16Conversions.convertFloatBufferToFp16Buffer(value.getFloatBuffer()));
            return made(() -> OnnxTensor.createTensor(Sessions.environment(), halves, shape, OnnxJavaType.FLOAT16));
        }
        if (wanted == OnnxJavaType.FLOAT && type == OnnxJavaType.FLOAT16) {
            return floats(floats(), shape);
        }
        if (wanted == OnnxJavaType.INT32 && type == OnnxJavaType.INT64) {
            int[] ints = Arrays.stream(longs()).mapToInt(Math::toIntExact).toArray();
            ByteBuffer bytes = direct((long) ints.length * Integer.BYTES);
            bytes.asIntBuffer().put(ints);
            return made(() -> OnnxTensor.createTensor(Sessions.environment(), bytes, shape, OnnxJavaType.INT32));
        }
        return this;
    }

    OnnxTensor value() {
        return value;
    }

    private TensorInfo info() {
        return value.getInfo();
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    /** What makes a tensor of ONNX Runtime. */
    private interface Making {
        OnnxTensor make() throws OrtException;
    }

    private static Tensor made(Making making) {
        try {
            return new Tensor(making.make());
        } catch (OrtException e) {
            throw new IllegalArgumentException("No tensor: " + Fault.reason(e), e);
        }
    }

    @Override
    public void close() {
        value.close();
    }
}
