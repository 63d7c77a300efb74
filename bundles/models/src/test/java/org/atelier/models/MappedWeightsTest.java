package org.atelier.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    /** Numbers that all three formats hold exactly, and the bits that each has for them. */
    private static final float[] NUMBERS = {1, -2, 0.5f, 3.140625f, -0.0f, 65280};

    private static final int[] FLOAT32 = {0x3f800000, 0xc0000000, 0x3f000000, 0x40490000, 0x80000000, 0x477f0000};
    private static final int[] FLOAT16 = {0x3c00, 0xc000, 0x3800, 0x4248, 0x8000, 0x7bf8};
    private static final int[] BFLOAT16 = {0x3f80, 0xc000, 0x3f00, 0x4049, 0x8000, 0x477f};

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

    private static String entry(String name, String type, String shape, int begin, int end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, type, shape, begin, end);
    }

    private Weights weights(byte[] file, Component component, Precision precision) throws IOException {
        Files.write(folder.resolve(component.weightsStem() + ".safetensors"), file);
        return new MappedWeights(
                folder, WeightFiles.in(folder, component).fitting(precision).tensors(), kernels, precision, manager);
    }

    private static Weights sketchbook(String component, Precision precision, NDManager manager) {
        return ModelFolder.open(Samples.SKETCHBOOK).weights(component, kernels, precision, manager);
    }

    /** What any precision holds, as float32. */
    private static float[] read(NDArray tensor) {
        return kernels.cast(tensor, Precision.FLOAT32).toFloatArray();
    }

    @ParameterizedTest
    @CsvSource({
        "F32, FLOAT32", "F32, BFLOAT16", "F32, FLOAT16",
        "F16, FLOAT32", "F16, BFLOAT16", "F16, FLOAT16",
        "BF16, FLOAT32", "BF16, BFLOAT16", "BF16, FLOAT16"
    })
    void everyStoredTypeBecomesEveryPrecisionToTheBit(String type, Precision precision) throws IOException {
        byte[] data = stored(type);
        // The second file's data begins at an odd address, as those of early writers may.
        for (String padding : List.of("", " ")) {
            Weights weights = weights(
                    Samples.safetensors("{" + entry("a", type, "[2,3]", 0, data.length) + "}" + padding, data),
                    Component.UNET,
                    precision);
            NDArray tensor = weights.tensor("a", 2, 3);

            float[] numbers = read(tensor);
            assertArrayEquals(FLOAT32, bits(numbers));
            assertEquals(2L * 3 * precision.bytes(), tensor.getShape().size() * precision.bytes());
        }
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }

    @Test
    void sketchbookReadsAsItsHalfPrecisionFile() {
        Weights unet = sketchbook("unet", Precision.FLOAT32, manager);
        NDArray kernel = unet.tensor("conv_in.weight", 48, 4, 3, 3);
        assertEquals(1728, kernel.getShape().size());
        assertTrue(unet.at("down_blocks.1").at("attentions.0").has("norm.weight"));
        assertFalse(unet.untaken().contains("conv_in.weight"));
        assertTrue(unet.untaken().contains("conv_in.bias"));
        assertEquals(Set.of("weight", "bias"), unet.at("conv_out").untaken());
    }
}
