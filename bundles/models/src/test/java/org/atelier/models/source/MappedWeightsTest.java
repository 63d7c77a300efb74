package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.atelier.models.Samples;
import org.atelier.models.naming.DiffusersNaming;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.safetensors.StoredType;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedWeightsTest {

    /** Numbers that all three formats represent exactly, with their bits. */
    private static final float[] NUMBERS = {1, -2, 0.5f, 3.140625f, -0.0f, 65280};

    private static final int[] FLOAT32 = {0x3f800000, 0xc0000000, 0x3f000000, 0x40490000, 0x80000000, 0x477f0000};
    private static final int[] FLOAT16 = {0x3c00, 0xc000, 0x3800, 0x4248, 0x8000, 0x7bf8};
    private static final int[] BFLOAT16 = {0x3f80, 0xc000, 0x3f00, 0x4049, 0x8000, 0x477f};

    private static final String STEM = "diffusion_pytorch_model";

    private static TorchKernels kernels;

    private NDManager manager;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startEngine() {
        kernels = TorchKernels.load(Device.cpu());
    }

    @AfterAll
    static void stopEngine() {
        kernels.close();
    }

    @BeforeEach
    void openManager() {
        manager = kernels.newManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static byte[] stored(String type) {
        boolean wide = type.equals("F32");
        ByteBuffer bytes = ByteBuffer.allocate(NUMBERS.length * (wide ? 4 : 2)).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : wide ? FLOAT32 : type.equals("F16") ? FLOAT16 : BFLOAT16) {
            if (wide) {
                bytes.putInt(bits);
            } else {
                bytes.putShort((short) bits);
            }
        }
        return bytes.array();
    }

    private Weights weights(byte[] file, Precision precision) throws IOException {
        Files.write(folder.resolve(STEM + ".safetensors"), file);
        return open(precision);
    }

    /** Converts any precision to float32. */
    private static float[] read(NDArray tensor) {
        return kernels.cast(tensor, Precision.FLOAT32).toFloatArray();
    }

    @ParameterizedTest
    @CsvSource({
        "F32, FLOAT32", "F32, BFLOAT16", "F32, FLOAT16",
        "F16, FLOAT32", "F16, BFLOAT16", "F16, FLOAT16",
        "BF16, FLOAT32", "BF16, BFLOAT16", "BF16, FLOAT16"
    })
    void convertsEveryStoredTypeToEveryPrecisionExactly(String type, Precision precision) throws IOException {
        byte[] data = stored(type);
        // The second file's data begins at an odd address, as those of early writers may.
        for (String padding : List.of("", " ")) {
            Weights weights = weights(
                    Samples.safetensors(Samples.header(type, "[2,3]", data.length, "a") + padding, data), precision);
            assertArrayEquals(FLOAT32, bits(read(weights.tensor("a", 2, 3))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "F32, 7fc00000, FLOAT32",
        "F32, 7f800000, FLOAT32",
        "F32, ff800000, BFLOAT16",
        "F32, ffc00001, FLOAT16",
        "F16, 7e00, FLOAT32",
        "F16, fc00, FLOAT16",
        "F16, 7c00, BFLOAT16",
        "BF16, 7fc0, FLOAT32",
        "BF16, ff80, BFLOAT16",
        "BF16, 7f80, FLOAT16"
    })
    void refusesATensorWithANumberThatIsNotFinite(String type, String bits, Precision precision) throws IOException {
        byte[] data = stored(type);
        for (int i = 0; i < bits.length() / 2; i++) {
            int at = bits.length() - 2 * i;
            data[data.length - bits.length() / 2 + i] = (byte) Integer.parseInt(bits.substring(at - 2, at), 16);
        }
        Weights weights =
                weights(Samples.safetensors(Samples.header(type, "[2,3]", data.length, "a"), data), precision);

        String fault = Samples.fault(() -> weights.tensor("a", 2, 3));

        assertTrue(fault.endsWith("the tensor a holds NaN or infinity; fetch the model again."), fault);
    }

    @Test
    void refusesATensorBeyondTheRangeOfFloat16() throws IOException {
        floats("[2]", 1, 70000);
        String fault = Samples.fault(() -> open(Precision.FLOAT16).tensor("a", 2));
        assertTrue(fault.endsWith("exceeds the range of float16; use --dtype float32 or bfloat16."), fault);
        assertArrayEquals(new float[] {1, 70000}, read(open(Precision.FLOAT32).tensor("a", 2)));
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }

    private Path floats(String shape, float... numbers) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(numbers);
        String header = Samples.header("F32", shape, data.capacity(), "a");
        // Eight-byte alignment, as writers leave it since safetensors 0.3.
        String padded = header + " ".repeat(-header.length() & 7);
        return Files.write(folder.resolve(STEM + ".safetensors"), Samples.safetensors(padded, data.array()));
    }

    private Weights open(Precision precision) {
        return new MappedWeights(
                new TensorTable(
                        folder,
                        WeightFiles.in(folder, STEM, DiffusersNaming.AS_STORED).fitting(precision)),
                kernels,
                precision,
                manager);
    }

    /** Writes to the file: a mapped tensor changes, a copied one does not. */
    @Test
    void mapsOnlyTensorsInTheRequestedPrecision() throws IOException {
        Path file = floats("[4]", 1, 2, 3, 4);
        NDArray mapped = open(Precision.FLOAT32).tensor("a", 4);
        NDArray cast = open(Precision.BFLOAT16).tensor("a", 4);
        overwriteLast(file, 5);
        assertArrayEquals(new float[] {1, 2, 3, 5}, mapped.toFloatArray());
        assertArrayEquals(new float[] {1, 2, 3, 4}, read(cast));
    }

    @Test
    void copiesKernelsToChannelsLast() throws IOException {
        Path file = floats("[1,2,2,1]", 1, 2, 3, 4);
        NDArray kernel = open(Precision.FLOAT32).tensor("a", 1, 2, 2, 1);
        overwriteLast(file, 5);
        assertArrayEquals(new float[] {1, 2, 3, 4}, kernel.toFloatArray());
    }

    private static void overwriteLast(Path file, float number) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0, number);
            channel.write(bytes, channel.size() - Float.BYTES);
        }
    }

    @Test
    void aViewOutlivesItsArray() throws IOException {
        floats("[2,3]", 1, 2, 3, 4, 5, 6);
        NDArray tensor = open(Precision.FLOAT32).tensor("a", 2, 3);
        NDArray row = tensor.get(1);
        tensor.close();
        System.gc();
        assertArrayEquals(new float[] {4, 5, 6}, row.toFloatArray());
    }

    @Test
    void channelsLastKeepsTheElements() throws IOException {
        floats("[1,2,2,2]", 1, 2, 3, 4, 5, 6, 7, 8);
        for (Precision precision : Precision.values()) {
            NDArray kernel = open(precision).tensor("a", 1, 2, 2, 2);
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, read(kernel));
            assertEquals(new Shape(1, 2, 2, 2), kernel.getShape());
        }
    }

    @Test
    void rejectsMissingTensorsAndOtherShapes() throws IOException {
        floats("[2,3]", 1, 2, 3, 4, 5, 6);
        Weights weights = open(Precision.FLOAT32);

        String missing = Samples.fault(() -> weights.at("block").tensor("weight", 4, 5));
        assertTrue(missing.contains("the tensor block.weight of shape [4, 5] is missing"), missing);
        String other = Samples.fault(() -> weights.tensor("a", 3, 2));
        assertTrue(other.contains("model.safetensors: the tensor a has shape [2, 3]"), other);
        assertTrue(other.contains("the configuration requires [3, 2]"), other);
    }

    @Test
    void rejectsUnsupportedDataTypes() throws IOException {
        byte[] file = Samples.safetensors(Samples.header("I64", "[2]", 16, "a"), new byte[16]);
        Weights weights = weights(file, Precision.FLOAT32);
        assertTrue(Samples.fault(() -> weights.tensor("a", 2))
                .contains("the tensor a is stored as I64; only F32, F16 and BF16"));
    }

    @Test
    void reportsUnreadTensors() throws IOException {
        byte[] file = Samples.safetensors(Samples.header("F16", "[1]", 2, "in.a", "in.b", "out.a"), new byte[6]);
        Weights weights = weights(file, Precision.FLOAT32);
        NDArray taken = weights.at("in").tensor("a", 1);

        assertEquals(0, taken.getFloat());
        assertEquals(Set.of("in.b", "out.a"), weights.unread());
        assertEquals(Set.of("b"), weights.at("in").unread());
        String fault = Samples.fault(weights::requireAllRead);
        assertTrue(fault.contains("2 tensors belong to no supported network: in.b, out.a."), fault);
        NDArray others = weights.tensor("in.b", 1).add(weights.tensor("out.a", 1));
        assertEquals(0, others.getFloat());
        weights.requireAllRead();
    }

    @ParameterizedTest
    @CsvSource({"unet, conv_in.weight", "vae, decoder.conv_in.bias", "text_encoder_2, text_projection.weight"})
    void readsTheTensorsOfSketchbook(String component, String name) {
        ModelSource model = ModelFolder.open(Samples.SKETCHBOOK);
        Weights weights = model.weights(component, kernels, Precision.FLOAT32, manager);
        SafetensorsFile file = SafetensorsFile.open(Samples.SKETCHBOOK
                .resolve(component)
                .resolve((component.startsWith("text_encoder") ? "model" : STEM) + ".safetensors"));
        TensorEntry entry = file.tensors().get(name);
        assertEquals(StoredType.F16, entry.type(), "the model is stored in half precision");

        float[] numbers = weights.tensor(
                        name, entry.shape().stream().mapToLong(Long::longValue).toArray())
                .toFloatArray();
        ByteBuffer bytes = file.map(entry).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            assertEquals(halfToFloat(bytes.getShort()), number);
        }
        assertFalse(weights.unread().contains(name));
    }

    /** IEEE 754, by definition rather than by the code under test. */
    private static float halfToFloat(short half) {
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
        return half < 0 ? -magnitude : magnitude;
    }
}
