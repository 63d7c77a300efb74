package org.atelier.attention.injection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.attention.Restyling;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class InjectedAttentionTest {

    private static final float EXACT = 1e-5f;

    /** The options of a request. */
    private record Given(double gamma, double temperature, double decoderShare, boolean initialAdain, boolean original)
            implements Options {

        @Override
        public Class<? extends Annotation> annotationType() {
            return Options.class;
        }
    }

    private static InjectedAttention injection(double decoderShare, boolean original) {
        return new InjectedAttention(new Given(.75, 1.5, decoderShare, true, original));
    }

    /** Self-attention layers in registration order, as many per block as given. */
    private static List<AttentionLayer> layers(int... perBlock) {
        List<String> blocks = new ArrayList<>();
        String[] names = {"down0", "down1", "down2", "up1", "up2", "up3", "mid"};
        for (int block = 0; block < names.length; block++) {
            String name = names[block];
            IntStream.range(0, perBlock[block]).forEach(i -> blocks.add(name));
        }
        return IntStream.range(0, blocks.size())
                .mapToObj(index -> new AttentionLayer(Kind.SELF, index, blocks.size(), blocks.get(index), 8, 8, 8))
                .toList();
    }

    private static List<Integer> injected(InjectedAttention strategy, List<AttentionLayer> layers) {
        List<Attention> attentions = layers.stream().map(strategy::at).toList();
        return IntStream.range(0, layers.size())
                .filter(layer -> !attentions.get(layer).isPlain())
                .boxed()
                .toList();
    }

    /** The port counts three layers of the decoder per block, the first three without attention: 7 to 11 are the last. */
    @Test
    void injectsInLayers7To11OfStableDiffusion() {
        List<AttentionLayer> stableDiffusion = layers(2, 2, 2, 3, 3, 3, 1);
        InjectedAttention strategy = injection(0, false);
        assertEquals(List.of(10, 11, 12, 13, 14), injected(strategy, stableDiffusion));
        assertEquals(List.of(10, 11, 12, 13, 14), injected(strategy, stableDiffusion), "for a second size");
        assertEquals(List.of(9, 10, 11, 12, 13, 14), injected(injection(0, true), stableDiffusion), "layers 6 to 11");
    }

    @Test
    void injectsInTheSameShareOfOtherDecoders() {
        List<AttentionLayer> xl = layers(0, 4, 20, 30, 6, 0, 10);
        assertEquals(20, injected(injection(0, false), xl).size());
        assertEquals(59, injected(injection(0, false), xl).get(19), "the last layer of the decoder");
        assertEquals(6, injected(injection(6 / 36.0, false), xl).size());
        assertEquals(List.of(), injected(injection(.01, false), xl));
        assertEquals(36, injected(injection(1, false), xl).size());
    }

    @Test
    void leavesCrossAttentionAsItIs() {
        assertTrue(injection(1, false)
                .at(new AttentionLayer(Kind.CROSS, 0, 1, "up1", 8, 8, 8))
                .isPlain());
    }

    @Test
    void redrawsContents() {
        assertEquals(
                Optional.of(new Restyling(true, false)), injection(0, false).restyling());
        assertEquals(Optional.of(new Restyling(true, true)), injection(0, true).restyling());
        assertEquals(Coupling.REFERENCES, injection(0, false).coupling());
    }

    /**
     * Two style tokens with keys 1 and -1 and values 1 and 0: the result is the probability of the first, the logistic
     * function of twice the query, 0.75 · 2 + 0.25 · 1, times the temperature.
     */
    @Test
    void blendsQueriesAndAttendsToTheStyle() {
        double query = 1.5 * (.75 * 2 + .25 * 1);
        assertArrayEquals(new float[] {logistic(2 * query)}, attended(true, true), EXACT);
        assertArrayEquals(new float[] {logistic(2 * 1.5)}, attended(true, false), EXACT, "its own query alone");
        assertArrayEquals(new float[] {logistic(2)}, attended(false, false), EXACT, "plain");
    }

    private static float logistic(double x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float[] attended(boolean hasStyle, boolean hasContent) {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray keys = manager.create(new float[] {1, -1}, new Shape(1, 1, 2, 1));
            NDArray values = manager.create(new float[] {1, 0}, new Shape(1, 1, 2, 1));
            List<Reference> references = new ArrayList<>();
            if (hasStyle) {
                references.add(Reference.style(new Heads(keys, keys, values), 1));
            }
            if (hasContent) {
                references.add(new Reference(new Heads(query(manager, 2), keys, values), Role.CONTENT, 1, Set.of(1)));
            }
            AttentionLayer layer = new AttentionLayer(Kind.SELF, 0, 1, "up0", 1, 1, 1);
            return injection(1, false)
                    .at(layer)
                    .attend(new AttentionCall(
                            layer,
                            new Heads(query(manager, 1), keys, values),
                            references,
                            new DenoisingStep(0, 1, 981, 14),
                            List.of(1),
                            GuidanceHalf.CONDITIONAL,
                            kernels,
                            ObservedMaps.none()))
                    .toFloatArray();
        }
    }

    private static NDArray query(NDManager manager, float value) {
        return manager.create(new float[] {value}, new Shape(1, 1, 1, 1));
    }
}
