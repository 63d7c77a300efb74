package org.atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void countsTheThreads() {
        String given = System.getenv("OMP_NUM_THREADS");

        assertEquals(
                given == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(given),
                TorchKernels.threads());
    }

    @Test
    void findsASingleNumberThatIsNotFinite() {
        for (Precision precision : Precision.values()) {
            for (float spoiled : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                for (int at : new int[] {0, 777, 8191}) {
                    float[] numbers = noise(at, 8192).toFloatArray();
                    NDArray good = kernels.cast(manager.create(numbers, new Shape(2, 8, 16, 32)), precision);
                    assertTrue(kernels.isFinite(good));
                    assertTrue(kernels.isFinite(kernels.channelsLast(good)));
                    numbers[at] = spoiled;
                    NDArray bad = kernels.cast(manager.create(numbers, new Shape(2, 8, 16, 32)), precision);
                    assertFalse(kernels.isFinite(bad));
                    assertFalse(kernels.isFinite(kernels.channelsLast(bad)));
                }
            }
        }
        assertTrue(kernels.isFinite(manager.create(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE})));
        assertTrue(kernels.isFinite(manager.create(new float[0])));
    }

    @Test
    void noiseMatchesTorch() {
        assertArrayEquals(
                new float[] {-0.817334f, -0.555569f, -0.826690f, -1.296954f},
                noise(10, 1, 4, 4, 4).flatten().get("0:4").toFloatArray(),
                1e-5f);
    }

    @Test
    void mergingPartsMatchesJoiningThem() {
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

    /** One softmax over all keys with biases, computed element by element. */
    private static double[] attendedByHand(NDArray query, List<Part> parts) {
        long[] shape = query.getShape().getShape();
        double[] attended = new double[(int) query.size()];
        int next = 0;
        for (int image = 0; image < shape[0]; image++) {
            for (int head = 0; head < shape[1]; head++) {
                for (int token = 0; token < shape[2]; token++) {
                    double[] sum = new double[(int) shape[3]];
                    double weights = 0;
                    for (Part part : parts) {
                        long keys = part.key().getShape().get(2);
                        int of = part.key().getShape().get(0) == 1 ? 0 : image;
                        for (int key = 0; key < keys; key++) {
                            double score = part.scoreBias();
                            if (part.tokenBias() != null) {
                                int row = part.tokenBias().getShape().get(0) == 1 ? 0 : image;
                                score += part.tokenBias().getFloat(row, key);
                            }
                            for (int channel = 0; channel < sum.length; channel++) {
                                score += query.getFloat(image, head, token, channel)
                                        * part.key().getFloat(of, head, key, channel)
                                        / Math.sqrt(sum.length);
                            }
                            double weight = Math.exp(score);
                            weights += weight;
                            for (int channel = 0; channel < sum.length; channel++) {
                                sum[channel] += weight * part.value().getFloat(of, head, key, channel);
                            }
                        }
                    }
                    for (double channel : sum) {
                        attended[next++] = channel / weights;
                    }
                }
            }
        }
        return attended;
    }

    private static void assertAttends(NDArray query, List<Part> parts) {
        double[] expected = attendedByHand(query, parts);
        for (NDArray found : List.of(kernels.attend(query, parts), kernels.attendJoined(query, parts))) {
            assertEquals(query.getShape(), found.getShape());
            float[] numbers = found.toFloatArray();
            for (int i = 0; i < numbers.length; i++) {
                assertEquals(expected[i], numbers[i], 2e-6);
            }
        }
    }

    @Test
    void eachTokenOfAPartMayHaveItsOwnBias() {
        NDArray query = noise(1, 3, 2, 5, 4);
        Part own = Part.of(noise(2, 3, 2, 5, 4), noise(3, 3, 2, 5, 4));
        Part other = Part.of(noise(4, 1, 2, 7, 4), noise(5, 1, 2, 7, 4)).biased(Math.log(2));
        NDArray forAll = noise(6, 1, 7);
        NDArray forEach = noise(7, 3, 7);
        float out = Float.NEGATIVE_INFINITY;
        NDArray someLeftOut = manager.create(new float[] {0, out, out, .5f, 0, out, -1}, new Shape(1, 7));
        for (NDArray bias : List.of(forAll, forEach, someLeftOut)) {
            assertAttends(query, List.of(own, other.biased(bias)));
            assertAttends(query, List.of(other.biased(bias), own));
            assertAttends(query, List.of(other.biased(bias)));
        }
        assertAttends(query, List.of(own.biased(noise(8, 3, 5)), other.biased(forAll)));
    }

    @Test
    void anExcludedTokenHasNoWeight() {
        NDArray query = noise(1, 2, 2, 9, 8);
        Part own = Part.of(noise(2, 2, 2, 9, 8), noise(3, 2, 2, 9, 8));
        NDArray key = noise(4, 1, 2, 6, 8);
        NDArray loud = noise(5, 1, 2, 6, 8).add(1e30);
        NDArray none = manager.full(new Shape(1, 6), Float.NEGATIVE_INFINITY);
        NDArray alone = kernels.attend(query, List.of(own));
        for (NDArray found : List.of(
                kernels.attend(query, List.of(own, Part.of(key, loud).biased(none))),
                kernels.attend(query, List.of(Part.of(key, loud).biased(none), own)),
                kernels.attendJoined(query, List.of(own, Part.of(key, loud).biased(none))))) {
            assertEquals(0, distance(alone, found), 1e-6);
        }
    }

    @Test
    void zeroTokenBiasesChangeNothing() {
        NDArray query = noise(1, 2, 2, 9, 8);
        Part own = Part.of(noise(2, 2, 2, 9, 8), noise(3, 2, 2, 9, 8));
        Part other = Part.of(noise(4, 1, 2, 6, 8), noise(5, 1, 2, 6, 8)).biased(.3);
        NDArray zero = manager.zeros(new Shape(1, 6));
        NDArray without = kernels.attend(query, List.of(own, other));
        assertEquals(0, distance(without, kernels.attend(query, List.of(own, other.biased(zero)))), 1e-6);
    }

    @Test
    void probabilitiesAreTheSoftmaxOfTheScores() {
        NDArray query = noise(1, 2, 3, 5, 4).mul(3);
        NDArray key = noise(2, 2, 3, 7, 4).mul(3);
        NDArray found = kernels.probabilities(query, key);
        assertEquals(new Shape(2, 3, 5, 7), found.getShape());
        for (int token = 0; token < 5; token++) {
            double[] weights = new double[7];
            double sum = 0;
            for (int at = 0; at < 7; at++) {
                double score = 0;
                for (int channel = 0; channel < 4; channel++) {
                    score += query.getFloat(1, 2, token, channel) * key.getFloat(1, 2, at, channel) / 2;
                }
                weights[at] = Math.exp(score);
                sum += weights[at];
            }
            for (int at = 0; at < 7; at++) {
                assertEquals(weights[at] / sum, found.getFloat(1, 2, token, at), 1e-6);
            }
        }
        NDArray attended = kernels.attend(query, List.of(Part.of(key, noise(3, 2, 3, 7, 4))));
        NDArray weighted = found.matMul(noise(3, 2, 3, 7, 4));
        assertEquals(0, distance(attended, weighted), 2e-6);
    }

    @Test
    void adainTransfersTheReferencesMoments() {
        NDArray features = noise(1, 2, 3, 40, 8).mul(3).add(1);
        NDArray reference = noise(2, 1, 3, 30, 8).mul(0.5).sub(2);
        NDArray aligned = kernels.adain(features, reference);
        NDArray wanted = reference.mean(new int[] {2}).broadcast(new Shape(2, 3, 8));
        assertEquals(0, distance(aligned.mean(new int[] {2}), wanted), 1e-5);
        assertEquals(0, distance(kernels.adain(reference, reference), reference), 1e-5);
    }

    @Test
    void sharedGroupNormMatchesBothImagesJoined() {
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
    void sharedGroupNormWeightsByArea() {
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
    void everyKernelSupportsBfloat16() {
        NDArray x = kernels.cast(noise(1, 2, 8, 6, 6), Precision.BFLOAT16);
        NDArray ones = kernels.cast(manager.ones(new Shape(8)), Precision.BFLOAT16);
        NDArray normed = kernels.groupNorm(x, 4, ones, ones, 1e-5);
        NDArray shared = kernels.sharedGroupNorm(x, kernels.groupMoments(x, 4), 0.5, 4, ones, ones, 1e-5);
        NDArray tokens = kernels.cast(noise(2, 2, 10, 8), Precision.BFLOAT16);
        NDArray weight = kernels.cast(noise(3, 8, 8), Precision.BFLOAT16);
        NDArray heads = kernels.splitHeads(kernels.linear(tokens, weight, ones), 2);
        NDArray one = heads.get("0:1");
        NDArray attended = kernels.attend(kernels.adain(heads, one), List.of(Part.of(heads, heads), Part.of(one, one)));
        NDArray leftOut = manager.create(new float[] {0, Float.NEGATIVE_INFINITY}, new Shape(1, 2))
                .repeat(1, 5);
        NDArray biased = kernels.attend(
                heads, List.of(Part.of(heads, heads), Part.of(one, one).biased(leftOut)));
        assertTrue(Float.isFinite(
                kernels.cast(biased, Precision.FLOAT32).abs().sum().getFloat()));
        assertEquals(DataType.FLOAT32, kernels.probabilities(heads, heads).getDataType());
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
    void sinusoidStartsWithTheCosine() {
        float[] embedding =
                kernels.sinusoid(manager.create(new float[] {3}), 4, true, 0).toFloatArray();
        assertArrayEquals(
                new float[] {(float) Math.cos(3), (float) Math.cos(.03), (float) Math.sin(3), (float) Math.sin(.03)},
                embedding,
                1e-6f);
    }

    @Test
    void pixelsAreClampedAndRounded() {
        NDArray image = manager.create(new float[] {-2, -1, 0, .999f, 1, 7}, new Shape(1, 3, 1, 2));
        assertEquals(new Shape(1, 2, 3), kernels.pixels(image).getShape());
        assertArrayEquals(
                new int[] {0, 128, 255, 0, 255, 255},
                kernels.pixels(image).toType(DataType.INT32, false).toIntArray());
    }

    @Test
    void aScopeFreesEverythingExceptItsResult() {
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
