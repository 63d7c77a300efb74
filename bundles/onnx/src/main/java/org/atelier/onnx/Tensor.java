package org.atelier.onnx;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Function;

/** An immutable tensor in native memory; to be closed by its owner. */
public final class Tensor implements AutoCloseable {

    private final NDArray array;

    /** @param array of DJL's ONNX Runtime engine, without a manager; this tensor closes it */
    Tensor(NDArray array) {
        this.array = array;
    }

    /** @param values in row-major order, as many as the shape has elements */
    public static Tensor floats(float[] values, long... shape) {
        return made(manager -> manager.create(values, filled(values.length, shape)));
    }

    /** As {@link #floats(float[], long...)}, with 64-bit integers. */
    public static Tensor longs(long[] values, long... shape) {
        return made(manager -> manager.create(values, filled(values.length, shape)));
    }

    /** A boolean of shape (1). */
    public static Tensor flag(boolean value) {
        return made(manager -> manager.create(new boolean[] {value}));
    }

    /** The size of each dimension. */
    public long[] shape() {
        return array.getShape().getShape().clone();
    }

    /** A copy of all elements; half precision is widened. */
    public float[] floats() {
        FloatBuffer buffer = numbers();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    /** A copy of all integers. */
    public long[] longs() {
        return array.toLongArray();
    }

    /**
     * The last position of each row.
     *
     * @return (row, number) of a tensor (row, position, number)
     */
    public float[][] lastOfEachRow() {
        long[] shape = shape();
        FloatBuffer buffer = numbers();
        float[][] last = new float[(int) shape[0]][(int) shape[2]];
        for (int row = 0; row < last.length; row++) {
            buffer.get((int) (((row + 1) * shape[1] - 1) * shape[2]), last[row]);
        }
        return last;
    }

    /**
     * The given rows of this tensor; a row may occur several times.
     *
     * @param rows which row of this each row of the result is
     */
    public Tensor rows(int... rows) {
        long[] shape = shape();
        ByteBuffer from = array.toByteBuffer();
        int row = Math.toIntExact(from.remaining() / Math.max(1, shape[0]));
        shape[0] = rows.length;
        return made(manager -> {
            ByteBuffer to = manager.allocateDirect(Math.multiplyExact(row, rows.length));
            for (int each : rows) {
                to.put(from.slice(each * row, row));
            }
            return manager.create(to.flip(), new Shape(shape), array.getDataType());
        });
    }

    /** This tensor, or a copy in the number type that a graph requires. */
    Tensor as(DataType wanted) {
        DataType type = array.getDataType();
        if (type == wanted) {
            return this;
        }
        if (wanted == DataType.FLOAT16 && type == DataType.FLOAT32) {
            return made(this::halved);
        }
        if (wanted == DataType.FLOAT32 && type == DataType.FLOAT16) {
            return floats(floats(), shape());
        }
        if (wanted == DataType.INT32 && type == DataType.INT64) {
            int[] ints = Arrays.stream(longs()).mapToInt(Math::toIntExact).toArray();
            return made(manager -> manager.create(ints, array.getShape()));
        }
        return this;
    }

    /** Rounded to the nearest, ties to even, as ONNX Runtime does; DJL rounds ties up. */
    private NDArray halved(NDManager manager) {
        ByteBuffer halves = manager.allocateDirect(Math.toIntExact(array.size() * Short.BYTES));
        halves.asShortBuffer().put(Fp16Conversions.convertFloatBufferToFp16Buffer(numbers()));
        return manager.create(halves, array.getShape(), DataType.FLOAT16);
    }

    private FloatBuffer numbers() {
        return switch (array.getDataType()) {
            case FLOAT32 -> array.toByteBuffer().asFloatBuffer();
            case FLOAT16 -> FloatBuffer.wrap(array.toFloatArray());
            // DJL reads none of these.
            case BFLOAT16 ->
                Fp16Conversions.convertBf16BufferToFloatBuffer(
                        array.toByteBuffer().asShortBuffer());
            default ->
                throw new IllegalStateException(
                        "not of floating point: " + array.getDataType() + " " + array.getShape());
        };
    }

    NDArray array() {
        return array;
    }

    /** DJL would ignore elements beyond the shape. */
    private static Shape filled(int values, long... sides) {
        Shape shape = new Shape(sides);
        if (shape.size() != values) {
            throw new IllegalArgumentException("No tensor: " + values + " numbers do not fill " + shape);
        }
        return shape;
    }

    private static Tensor made(Function<NDManager, NDArray> making) {
        try (NDManager manager = Sessions.manager()) {
            NDArray array = making.apply(manager);
            array.detach();
            return new Tensor(array);
        } catch (EngineException e) {
            throw new IllegalArgumentException("No tensor: " + Fault.reason(e), e);
        }
    }

    @Override
    public void close() {
        array.close();
    }
}
