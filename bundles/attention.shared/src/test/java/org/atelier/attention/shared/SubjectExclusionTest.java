package org.atelier.attention.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubjectExclusionTest {

    private static final AttentionLayer LAYER = new AttentionLayer(Kind.SELF, 0, 1, "mid", 2, 2, 3);
    private static final int TOKENS = 6;

    /** The tokens 1 and 4 show the house, and 2 the door. */
    private static final Map<String, float[]> MAPS = Map.of(
            "house", new float[] {.1f, .8f, .1f, .2f, .9f, .1f},
            "door", new float[] {0, 0, .9f, 0, 0, 0});

    private static TorchKernels kernels;
    private static NDManager manager;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load(Device.cpu());
        manager = kernels.newManager();
    }

    @AfterAll
    static void close() {
        manager.close();
        kernels.close();
    }

    @Test
    void excludedTokensHaveNoInfluence() {
        Heads reference = heads(1);
        float[] attended = attended(reference, 0, "house");
        assertArrayEquals(attended, attended(changed(reference, 1, 4), 0, "house"));
        for (int kept : new int[] {0, 2, 3, 5}) {
            assertFalse(Arrays.equals(attended, attended(changed(reference, kept), 0, "house")), "token " + kept);
        }
    }

    @Test
    void excludesTheTokensOfAllWords() {
        Heads reference = heads(1);
        float[] attended = attended(reference, 0, "house", "door");
        assertArrayEquals(attended, attended(changed(reference, 1, 2, 4), 0, "house", "door"));
        assertFalse(Arrays.equals(attended, attended(changed(reference, 3), 0, "house", "door")));
    }

    /** As if the reference consisted of the other tokens. */
    @Test
    void theRestIsSharedAsAReferenceOfItsOwn() {
        Heads reference = heads(1);
        Heads rest = new Heads(reference.query(), rest(reference.key()), rest(reference.value()));
        assertArrayEquals(attended(rest, 0), attended(reference, 0, "house"), 1e-6f);
    }

    /** The excluded tokens once and all others four times are the same proportions. */
    @Test
    void anExcludedTokenCountsByItsWeight() {
        Heads own = heads(2);
        Heads reference = heads(1);
        Reference shared = reference(reference);
        Part part = new SubjectExclusion(List.of("house"), .25).of(call(own, shared), shared);
        float[] attended = kernels.attend(own.query(), List.of(Part.of(own.key(), own.value()), part))
                .toFloatArray();

        Part ownFourTimes = Part.of(repeated(own.key()), repeated(own.value()));
        Part restFourTimes = Part.of(withRest(reference.key()), withRest(reference.value()));
        assertArrayEquals(
                kernels.attend(own.query(), List.of(ownFourTimes, restFourTimes))
                        .toFloatArray(),
                attended,
                1e-6f);
    }

    @Test
    void withAWeightOfOneEverythingIsShared() {
        Heads reference = heads(1);
        assertArrayEquals(attended(reference, 0), attended(reference, 1, "house"));
    }

    @Test
    void aReferenceWithoutTheWordIsSharedWhole() {
        Heads reference = heads(1);
        assertArrayEquals(attended(reference, 0), attended(reference, 0, "cat"));
    }

    /** What images attend to with this exclusion. */
    private static float[] attended(Heads features, double weight, String... words) {
        Heads own = heads(2);
        Reference reference = reference(features);
        Part part = new SubjectExclusion(List.of(words), weight).of(call(own, reference), reference);
        return kernels.attend(own.query(), List.of(Part.of(own.key(), own.value()), part))
                .toFloatArray();
    }

    private static Reference reference(Heads features) {
        return Reference.style(features, 1);
    }

    private static AttentionCall call(Heads own, Reference reference) {
        return new AttentionCall(
                LAYER,
                own,
                List.of(reference),
                new DenoisingStep(0, 1, 981, 14),
                List.of(0, 1),
                GuidanceHalf.CONDITIONAL,
                kernels,
                new MeanMaps());
    }

    /** Random heads of so many images. */
    private static Heads heads(int images) {
        return new Heads(random(images, 1), random(images, 2), random(images, 3));
    }

    private static NDArray random(int images, int seed) {
        float[] values = new float[images * 2 * TOKENS * 4];
        Random random = new Random(seed * 10L + images);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(images, 2, TOKENS, 4));
    }

    /** Other queries, keys and values of some tokens. */
    private static Heads changed(Heads heads, int... tokens) {
        return new Heads(changed(heads.query(), tokens), changed(heads.key(), tokens), changed(heads.value(), tokens));
    }

    private static NDArray changed(NDArray features, int... tokens) {
        NDArray changed = features.duplicate();
        for (int token : tokens) {
            changed.set(new NDIndex(":, :, " + token), 7);
        }
        return changed;
    }

    /** The tokens 0, 2, 3 and 5. */
    private static NDArray rest(NDArray features) {
        return NDArrays.concat(
                new NDList(features.get(":, :, 0:1"), features.get(":, :, 2:4"), features.get(":, :, 5:6")), 2);
    }

    private static NDArray withRest(NDArray features) {
        return NDArrays.concat(new NDList(features, rest(features), rest(features), rest(features)), 2);
    }

    private static NDArray repeated(NDArray features) {
        return NDArrays.concat(new NDList(features, features, features, features), 2);
    }

    /** Has means only. */
    private static final class MeanMaps implements ObservedMaps {

        @Override
        public Optional<NDArray> of(int image, String word) {
            throw new AssertionError("of an image");
        }

        @Override
        public Optional<NDArray> of(Reference reference, String word) {
            throw new AssertionError("of one step");
        }

        @Override
        public Optional<NDArray> meanOf(Reference reference, String word) {
            return Optional.ofNullable(MAPS.get(word)).map(map -> manager.create(map, new Shape(1, TOKENS)));
        }
    }
}
