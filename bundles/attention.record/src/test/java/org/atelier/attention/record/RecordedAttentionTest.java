package org.atelier.attention.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedAttentionTest {

    private static final int HEADS = 3;
    private static final int SIDE = 4;
    private static final int TOKENS = SIDE * SIDE;
    private static final int CHANNELS = 8;

    private static final AttentionLayer EARLIER = layer(0, "up0");
    private static final AttentionLayer LAYER = layer(1, "up0");
    private static final DenoisingStep STEP = new DenoisingStep(9, 10, 1, 0.1);

    @TempDir
    private Path folder;

    private final TorchKernels kernels = TorchKernels.load(Device.cpu());
    private final NDManager memory = NDManager.newBaseManager(Device.cpu());
    private final SharingStrategy sharing = new SharingStrategy();
    private RecordedAttention recorded;

    @BeforeEach
    void recordsOneStep() {
        recorded = recording(1);
        assertFalse(recorded.at(EARLIER).isPlain());
    }

    @AfterEach
    void free() {
        recorded.end();
        assertTrue(sharing.closed);
        memory.close();
        kernels.close();
    }

    @Test
    void leavesTheResultAsItIs() {
        AttentionCall call = call(LAYER, STEP, GuidanceHalf.CONDITIONAL, random(7));

        float[] alone = sharing.at(LAYER).attend(call).toFloatArray();

        assertArrayEquals(alone, recorded.at(LAYER).attend(call).toFloatArray());
        assertEquals(List.of("image-000", "image-003", "reference-000"), written());
    }

    @Test
    void queriesAndKeysHaveTheReferencesMomentsAfterAdain() throws IOException {
        recorded.at(LAYER).attend(call(LAYER, STEP, GuidanceHalf.CONDITIONAL, random(7)));

        SafetensorsFile image = read("image-003");

        for (String kind : List.of("query", "key")) {
            float[] reference = floats(image, kind + ".reference-0.moments");
            assertArrayEquals(reference, floats(image, kind + ".aligned.moments"), 1e-4f);
            assertTrue(differs(reference, floats(image, kind + ".own.moments")));
            for (String name : List.of("own", "aligned", "reference-0")) {
                assertEquals(1, sum(floats(image, kind + "." + name + ".histogram"), 0, 48), 1e-5);
            }
        }
    }

    @Test
    void weightsOfAPlaceSumToOne() throws IOException {
        recorded.at(LAYER).attend(call(LAYER, STEP, GuidanceHalf.CONDITIONAL, random(7)));

        SafetensorsFile image = read("image-000");

        assertEquals("house", image.metadata().get("place.0"));
        assertEquals("0.9:0.1", image.metadata().get("place.1"));
        assertArrayEquals(new float[] {0.625f, 0.875f, 0.9f, 0.1f}, floats(image, "places"));
        float[] own = floats(image, "attention.own");
        float[] reference = floats(image, "attention.reference-0");
        for (int place = 0; place < 2; place++) {
            double sum = sum(own, place * TOKENS, TOKENS) + sum(reference, place * TOKENS, TOKENS);
            assertEquals(1, sum, 1e-5);
        }
    }

    /** Equal keys: the reference's tokens count twice, by a bias of ln 2, so it has two thirds. */
    @Test
    void sharesIncludeTheBiasOfTheReference() throws IOException {
        sharing.scoreBias = Math.log(2);

        recorded.at(LAYER).attend(call(LAYER, STEP, GuidanceHalf.CONDITIONAL, equal()));

        SafetensorsFile image = read("image-000");
        float[] thirds = new float[TOKENS];
        Arrays.fill(thirds, 2 / 3f);
        assertArrayEquals(thirds, floats(image, "share.reference-0"), 1e-5f);
        assertArrayEquals(thirds, floats(image, "share-without-adain.reference-0"), 1e-5f);
    }

    @Test
    void recordsWhatIsAttendedAndWhereTheWordIs() throws IOException {
        AttentionCall call = call(LAYER, STEP, GuidanceHalf.CONDITIONAL, random(7));
        NDArray attended = recorded.at(LAYER).attend(call);

        SafetensorsFile image = read("image-003");

        assertEquals(List.of(4L, 4L, 24L), image.tensors().get("output").shape());
        float[] second = attended.get("1:2").transpose(0, 2, 1, 3).toFloatArray();
        ShortBuffer halves = image.read(image.tensors().get("output"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        for (float value : second) {
            assertEquals(TensorFile.half(value), halves.get());
        }
        assertEquals(14, largest(floats(image, "word.0")));
        assertEquals(14, largest(floats(read("reference-000"), "word.0")));
    }

    @Test
    void recordsTheLastLayerOfABlockAtChosenStepsWithThePrompt() {
        RecordedAttention three = recording(3);
        Attention earlier = three.at(EARLIER);
        Attention last = three.at(LAYER);
        for (int step = 0; step < 10; step++) {
            DenoisingStep at = new DenoisingStep(step, 10, 1, 1);
            earlier.attend(call(EARLIER, at, GuidanceHalf.CONDITIONAL, random(7)));
            last.attend(call(LAYER, at, GuidanceHalf.UNCONDITIONAL, random(7)));
            last.attend(call(LAYER, at, GuidanceHalf.CONDITIONAL, random(7)));
        }
        three.end();

        assertEquals(
                List.of("step-003-layer-001", "step-006-layer-001", "step-009-layer-001"),
                files().map(name -> name.substring("image-000-".length(), name.length() - ".safetensors".length()))
                        .filter(name -> name.startsWith("step"))
                        .distinct()
                        .toList());
    }

    /** DJL cannot convert bfloat16; recordings do not need it. */
    @Test
    void recordsLowerPrecision() throws IOException {
        Heads features = random(7);
        Heads half = new Heads(
                kernels.cast(features.query(), Precision.BFLOAT16),
                kernels.cast(features.key(), Precision.BFLOAT16),
                kernels.cast(features.value(), Precision.BFLOAT16));
        Heads reference = random(8);
        recorded.at(LAYER)
                .attend(call(
                        LAYER,
                        STEP,
                        GuidanceHalf.CONDITIONAL,
                        half,
                        new Heads(
                                kernels.cast(reference.query().get("0:1"), Precision.BFLOAT16),
                                kernels.cast(reference.key().get("0:1"), Precision.BFLOAT16),
                                kernels.cast(reference.value().get("0:1"), Precision.BFLOAT16))));

        SafetensorsFile image = read("image-000");
        assertArrayEquals(floats(image, "query.reference-0.moments"), floats(image, "query.aligned.moments"), 2e-2f);
    }

    @Test
    void refusesWhatTheNetworkLacks() {
        RecordedAttention other = new RecordedAttention(
                Set.of(),
                () -> new Recorder(folder, List.of("up7"), 1, new Subjects(List.of(), List.of())),
                this::lent);
        other.at(EARLIER);
        assertEquals(
                "The model has no self-attention block 'up7'; available: up0.",
                assertThrows(AtelierException.class, () -> other.at(LAYER)).getMessage());
    }

    private RecordedAttention recording(int steps) {
        Subjects subjects = new Subjects(List.of("house", "fish"), List.of(Place.of("0.9:0.1")));
        return new RecordedAttention(
                Set.of("house", "fish"), () -> new Recorder(folder, List.of("up0"), steps, subjects), this::lent);
    }

    private StrategyHandle lent() {
        return sharing;
    }

    private List<String> written() {
        return files().map(name -> name.replaceFirst("-step.*", "")).toList();
    }

    private Stream<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SafetensorsFile read(String name) {
        return SafetensorsFile.open(folder.resolve(name + "-step-009-layer-001.safetensors"));
    }

    private static float[] floats(SafetensorsFile file, String name) {
        FloatBuffer values = file.read(file.tensors().get(name))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }

    private static double sum(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static boolean differs(float[] one, float[] other) {
        for (int i = 0; i < one.length; i++) {
            if (Math.abs(one[i] - other[i]) > 0.05) {
                return true;
            }
        }
        return false;
    }

    private static AttentionLayer layer(int index, String block) {
        return new AttentionLayer(Kind.SELF, index, 2, block, HEADS, SIDE, SIDE);
    }

    private Heads random(int seed) {
        return new Heads(
                kernels.noise(memory, seed, 2, HEADS, TOKENS, CHANNELS),
                kernels.noise(memory, seed + 100, 2, HEADS, TOKENS, CHANNELS),
                kernels.noise(memory, seed + 200, 2, HEADS, TOKENS, CHANNELS));
    }

    private Heads equal() {
        NDArray ones = memory.ones(new Shape(2, HEADS, TOKENS, CHANNELS));
        return new Heads(ones, ones, ones);
    }

    private AttentionCall call(AttentionLayer layer, DenoisingStep step, GuidanceHalf half, Heads own) {
        Heads other = own.query().getFloat(0, 0, 0, 0) == 1 ? own : random(9);
        Heads reference = new Heads(
                other.query().get("0:1"), other.key().get("0:1"), other.value().get("0:1"));
        return call(layer, step, half, own, reference);
    }

    private AttentionCall call(
            AttentionLayer layer, DenoisingStep step, GuidanceHalf half, Heads own, Heads reference) {
        return new AttentionCall(
                layer,
                own,
                List.of(Reference.style(reference, 1)),
                step,
                List.of(0, 3),
                half,
                kernels,
                new HouseInTheLastRow());
    }

    /** The house is around token 14, in images and references. */
    private final class HouseInTheLastRow implements ObservedMaps {

        private Optional<NDArray> map(String word) {
            float[] map = new float[TOKENS];
            map[13] = 0.2f;
            map[14] = 0.5f;
            map[15] = 0.3f;
            return word.equals("house") ? Optional.of(memory.create(map, new Shape(1, TOKENS))) : Optional.empty();
        }

        @Override
        public Optional<NDArray> of(int image, String word) {
            return map(word);
        }

        @Override
        public Optional<NDArray> of(Reference reference, String word) {
            return map(word);
        }

        @Override
        public Optional<NDArray> meanOf(Reference reference, String word) {
            return map(word);
        }
    }

    /** Shared attention, as it is lent. */
    private static final class SharingStrategy implements AttentionStrategy, StrategyHandle {

        private double scoreBias;
        private boolean closed;

        @Override
        public Attention at(AttentionLayer layer) {
            return this::attend;
        }

        private NDArray attend(AttentionCall call) {
            Kernels kernels = call.kernels();
            Heads reference = call.styles().get(0).heads();
            Part own = Part.of(
                    kernels.adain(call.own().key(), reference.key()), call.own().value());
            Part shared = Part.of(reference.key(), reference.value()).biased(scoreBias);
            return kernels.attend(kernels.adain(call.own().query(), reference.query()), List.of(own, shared));
        }

        @Override
        public AttentionStrategy strategy() {
            return this;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
