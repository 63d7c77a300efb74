package org.atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.api.attention.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TorchKernelsTest {

    private static TorchKernels kernels;
    private NDManager manager;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    @BeforeEach
    void open() {
        manager = kernels.newManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    private NDArray noise(long seed, long... shape) {
        return kernels.noise(manager, seed, shape);
    }

    private static double distance(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getFloat();
    }

    @Test
    void noiseIsThatOfTorch() {
        assertArrayEquals(
                new float[] {-0.817334f, -0.555569f, -0.826690f, -1.296954f},
                noise(10, 1, 4, 4, 4).flatten().get("0:4").toFloatArray(),
                1e-5f);
    }

    @Test
    void partsMergeToWhatJoiningThemGives() {
        assertTrue(kernels.merges(), "this libtorch has the operator");
        NDArray query = noise(1, 3, 2, 50, 16);
        List<Part> parts = List.of(
                Part.of(noise(2, 3, 2, 50, 16), noise(3, 3, 2, 50, 16)),
                Part.of(noise(4, 1, 2, 40, 16), noise(5, 1, 2, 40, 16)).biased(Math.log(2)),
                Part.of(noise(6, 1, 2, 70, 16), noise(7, 1, 2, 70, 16)).biased(-3));
        NDArray merged = kernels.attend(query, parts);
        assertEquals(query.getShape(), merged.getShape());
        assertEquals(0, distance(merged, kernels.attendJoined(query, parts)), 2e-6);
    }

    @Test
    void aVeryUnlikelyPartChangesNothing() {
        NDArray query = noise(1, 2, 2, 9, 8);
        Part own = Part.of(noise(2, 2, 2, 9, 8), noise(3, 2, 2, 9, 8));
        Part other = Part.of(noise(4, 1, 2, 9, 8), noise(5, 1, 2, 9, 8));
        NDArray alone = kernels.attend(query, List.of(own));
        assertEquals(0, distance(alone, kernels.attend(query, List.of(own, other.biased(-200)))), 1e-6);
        assertTrue(distance(alone, kernels.attend(query, List.of(own, other))) > 1e-2);
    }

    @Test
    void adainGivesTheReferencesMoments() {
        NDArray features = noise(1, 2, 3, 40, 8).mul(3).add(1);
        NDArray reference = noise(2, 1, 3, 30, 8).mul(0.5).sub(2);
        NDArray aligned = kernels.adain(features, reference);
        NDArray wanted = reference.mean(new int[] {2}).broadcast(new Shape(2, 3, 8));
        assertEquals(0, distance(aligned.mean(new int[] {2}), wanted), 1e-5);
        assertEquals(0, distance(kernels.adain(reference, reference), reference), 1e-5);
    }

    @Test
    void sharedGroupNormIsThatOfBothImagesAsOne() {
        NDArray image = kernels.channelsLast(noise(1, 2, 8, 6, 6).mul(2).add(1));
        NDArray reference = noise(2, 1, 8, 6, 6).sub(1);
        NDArray weight = noise(3, 8);
        NDArray bias = noise(4, 8);
        NDArray shared = kernels.sharedGroupNorm(image, kernels.groupMoments(reference, 4), 0.5, 4, weight, bias, 1e-5);
        NDArray both = image.concat(reference.broadcast(new Shape(2, 8, 6, 6)), 2);
        NDArray wanted = kernels.groupNorm(both, 4, weight, bias, 1e-5).get(":, :, 0:6, :");
        assertEquals(0, distance(shared, wanted), 5e-6);
        NDArray itself =
                kernels.sharedGroupNorm(reference, kernels.groupMoments(reference, 4), 0.5, 4, weight, bias, 1e-5);
        assertEquals(0, distance(itself, kernels.groupNorm(reference, 4, weight, bias, 1e-5)), 5e-6);
    }

    @Test
    void sharedGroupNormWeighsByArea() {
        NDArray image = noise(1, 1, 8, 2, 6).mul(2).add(1);
        NDArray reference = noise(2, 1, 8, 6, 6).sub(1);
        NDArray ones = noise(3, 8).onesLike();
        NDArray shared = kernels.sharedGroupNorm(image, kernels.groupMoments(reference, 4), 0.75, 4, ones, ones, 1e-5);
        NDArray wanted = kernels.groupNorm(image.concat(reference, 2), 4, ones, ones, 1e-5)
                .get(":, :, 0:2, :");
        assertEquals(0, distance(shared, wanted), 5e-6);
    }

    @Test
    void linearIsTheMatrixProduct() {
        NDArray x = noise(1, 2, 5, 16);
        NDArray weight = noise(2, 24, 16);
        NDArray bias = noise(3, 24);
        NDArray wanted = x.matMul(weight.transpose());
        assertEquals(0, distance(kernels.linear(x, weight, null), wanted), 1e-5);
        assertEquals(0, distance(kernels.linear(x, weight, bias), wanted.add(bias)), 1e-5);
    }

    @Test
    void bfloat16SurvivesEveryKernel() {
        NDArray x = kernels.cast(noise(1, 2, 8, 6, 6), Precision.BFLOAT16);
        NDArray ones = kernels.cast(manager.ones(new Shape(8)), Precision.BFLOAT16);
        NDArray normed = kernels.groupNorm(x, 4, ones, ones, 1e-5);
        NDArray shared = kernels.sharedGroupNorm(x, kernels.groupMoments(x, 4), 0.5, 4, ones, ones, 1e-5);
        NDArray tokens = kernels.cast(noise(2, 2, 10, 8), Precision.BFLOAT16);
        NDArray weight = kernels.cast(noise(3, 8, 8), Precision.BFLOAT16);
        NDArray heads = kernels.splitHeads(kernels.linear(tokens, weight, ones), 2);
        NDArray one = heads.get("0:1");
        NDArray attended = kernels.attend(kernels.adain(heads, one), List.of(Part.of(heads, heads), Part.of(one, one)));
        NDArray wide = kernels.geglu(kernels.layerNorm(kernels.mergeHeads(attended), ones, ones, 1e-5));
        assertEquals(
                0, distance(kernels.cast(normed, Precision.FLOAT32), kernels.cast(shared, Precision.FLOAT32)), .05);
        assertEquals(new Shape(2, 10, 4), wide.getShape());
        assertEquals(DataType.FLOAT32, kernels.cast(wide, Precision.FLOAT32).getDataType());
    }

    @Test
    void bfloat16BitsAreReadFromAFloat16Mapping() {
        // 1.0 and -2.5 in bfloat16 are 3F80 and C020.
        java.nio.ByteBuffer bits = java.nio.ByteBuffer.allocateDirect(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bits.putShort((short) 0x3F80).putShort((short) 0xC020).rewind();
        NDArray mapped = manager.create(bits, new Shape(2), DataType.FLOAT16);
        NDArray numbers = kernels.cast(kernels.bfloat16Bits(mapped), Precision.FLOAT32);
        assertArrayEquals(new float[] {1, -2.5f}, numbers.toFloatArray());
    }

    @Test
    void sinusoidBeginsWithTheCosine() {
        float[] embedding =
                kernels.sinusoid(manager.create(new float[] {3}), 4, true, 0).toFloatArray();
        assertArrayEquals(
                new float[] {(float) Math.cos(3), (float) Math.cos(.03), (float) Math.sin(3), (float) Math.sin(.03)},
                embedding,
                1e-6f);
    }

    @Test
    void pixelsAreClampedAndRounded() {
        NDArray picture = manager.create(new float[] {-2, -1, 0, .999f, 1, 7}, new Shape(1, 3, 1, 2));
        assertEquals(new Shape(1, 2, 3), kernels.pixels(picture).getShape());
        assertArrayEquals(
                new int[] {0, 128, 255, 0, 255, 255},
                kernels.pixels(picture).toType(DataType.INT32, false).toIntArray());
    }

    @Test
    void aScopeFreesAllButItsResult() {
        NDArray input = noise(1, 4);
        NDArray[] between = new NDArray[1];
        NDArray result = Scope.within(input, x -> {
            between[0] = x.mul(2);
            return between[0].add(1);
        });
        assertTrue(between[0].isReleased());
        assertEquals(manager, result.getManager());
        assertEquals(manager, input.getManager());
        assertEquals(0, distance(result, input.mul(2).add(1)), 0);
    }
}
