package org.atelier.plugins.checked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.api.metric.Measurement;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckedPluginsTest {

    private static final AttentionLayer LAYER =
            new AttentionLayer(AttentionLayer.Kind.SELF, 3, 70, "down1", 10, 32, 32);
    private static final Shape SHAPE = new Shape(1, 2, 4, 8);

    private final PluginCalls calls = new PluginCalls("kind 'mine' 1.2.0 (org.example.mine)", "Report it.");
    private NDManager manager;

    @BeforeAll
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    void close() {
        manager.close();
    }

    Stream<Arguments> faults() {
        return Stream.of(
                fault("at(self-attention layer 3 in down1) returned null", () -> strategy(layer -> null)
                        .at(LAYER)),
                fault(
                        "at(self-attention layer 3 in down1) threw java.lang.IllegalStateException: no paint",
                        () -> strategy(layer -> {
                                    throw new IllegalStateException("no\npaint.");
                                })
                                .at(LAYER)),
                fault("at(self-attention layer 3 in down1): a class is missing: org/example/Brush", () -> strategy(
                                layer -> {
                                    throw new NoClassDefFoundError("org/example/Brush");
                                })
                        .at(LAYER)),
                fault("at(self-attention layer 3 in down1) threw java.lang.StackOverflowError", () -> strategy(
                                layer -> {
                                    throw new StackOverflowError();
                                })
                        .at(LAYER)),
                fault("coupling() returned null", () -> new CheckedStrategy(calls, new Careless()).coupling()),
                fault(
                        "observedWords(self-attention layer 3 in down1) returned null",
                        () -> new CheckedStrategy(calls, new Careless()).observedWords(LAYER)),
                fault("referenceWords() returned null", () -> new CheckedStrategy(calls, new Careless())
                        .referenceWords()),
                fault("attend(self-attention layer 3 in down1) returned null", () -> attend(own -> null)),
                fault(
                        "attend(self-attention layer 3 in down1) returned an array of shape (1, 2, 8) instead of (1, 2, 4, 8)",
                        () -> attend(own -> own.get(":, :, 0"))),
                fault(
                        "attend(self-attention layer 3 in down1) returned a closed array",
                        () -> attend(own -> {
                            NDArray result = own.mul(2);
                            result.close();
                            return result;
                        })),
                fault("blend() returned null", () -> new CheckedBlend(calls, references -> null).blend(references())),
                fault("blend() returned an array of shape (2, 2, 4, 8) instead of (1, 2, 4, 8)", () -> new CheckedBlend(
                                calls, references -> Optional.of(manager.zeros(new Shape(2, 2, 4, 8))))
                        .blend(references())),
                fault("read() returned null", () -> new CheckedContextSource(calls, (input, listener) -> null)
                        .read("", null)),
                fault("summarize() returned null", () -> new CheckedSummarizer(calls, (text, listener) -> null)
                        .summarize("", null)),
                fault("prepare(8x4) returned null", () -> new CheckedPreprocessor(calls, (image, width, height) -> null)
                        .prepare(null, 8, 4)),
                fault("prepare(8x4) returned an image of 4x8", () -> new CheckedPreprocessor(
                                calls, (image, width, height) -> new BufferedImage(4, 8, BufferedImage.TYPE_INT_RGB))
                        .prepare(null, 8, 4)),
                fault("solver(5 steps) returned null", () -> new CheckedSampler(calls, (schedule, steps) -> null)
                        .solver(null, 5)),
                fault(
                        "solver(5 steps) returned a solver of 0 steps",
                        () -> new CheckedSampler(calls, (schedule, steps) -> solver(0, null)).solver(null, 5)),
                fault("step(1) returned null", () -> step(null)),
                fault("step(1) returned null", () -> step(new StepResult(null, null))),
                fault(
                        "step(1) returned an array of shape (1) instead of (1, 2, 4, 8)",
                        () -> step(new StepResult(manager.zeros(SHAPE), manager.zeros(new Shape(1))))),
                fault(
                        "step(1) returned an array of shape (1) instead of (1, 2, 4, 8)",
                        () -> step(new StepResult(
                                manager.zeros(SHAPE), manager.zeros(SHAPE), List.of(manager.zeros(new Shape(1)))))),
                fault("measure() returned null", () -> new CheckedMetric(calls, (set, listener) -> null)
                        .measure(null, null)),
                fault("measure() returned a measurement that is null", () -> new CheckedMetric(
                                calls, (set, listener) -> Collections.singletonList(null))
                        .measure(null, null)),
                fault("measure() returned several measurements of one name", () -> new CheckedMetric(
                                calls, (set, listener) -> Arrays.asList(measurement(), measurement()))
                        .measure(null, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void namesThePluginAndWhatItDid(String fault, Executable call) {
        AtelierException thrown = assertThrows(AtelierException.class, call);

        assertEquals(Code.PLUGIN_FAILED, thrown.code());
        assertEquals("The kind 'mine' 1.2.0 (org.example.mine) failed: " + fault + ". Report it.", thrown.getMessage());
    }

    @Test
    void passesOnErrorsOfAtelierAndTheEndOfMemory() {
        AtelierException unreadable = new AtelierException(Code.INPUT_UNREADABLE, "It cannot be read.");
        assertSame(
                unreadable,
                assertThrows(
                        AtelierException.class,
                        () -> calls.call("read()", () -> {
                            throw unreadable;
                        })));
        OutOfMemoryError full = new OutOfMemoryError();
        assertSame(
                full,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> calls.call("read()", () -> {
                            throw full;
                        })));
    }

    @Test
    void returnsWhatThePluginReturns() {
        NDArray own = manager.ones(SHAPE);
        assertSame(own, strategy(layer -> call -> call.own().query()).at(LAYER).attend(call(own)));
        assertTrue(strategy(layer -> Attention.plain()).at(LAYER).isPlain());
        assertEquals(
                AttentionStrategy.Coupling.REFERENCES,
                strategy(layer -> Attention.plain()).coupling());
        assertEquals(Set.of(), strategy(layer -> Attention.plain()).observedWords(LAYER));
        assertEquals(Set.of(), strategy(layer -> Attention.plain()).referenceWords());
        StepResult result = new StepResult(manager.zeros(SHAPE), manager.zeros(SHAPE));
        assertSame(result, step(result));
    }

    private static Arguments fault(String fault, Executable call) {
        return Arguments.of(fault, call);
    }

    private CheckedStrategy strategy(AttentionStrategy strategy) {
        return new CheckedStrategy(calls, strategy);
    }

    private void attend(UnaryOperator<NDArray> attention) {
        strategy(layer -> call -> attention.apply(call.own().query())).at(LAYER).attend(call(manager.ones(SHAPE)));
    }

    private static AttentionCall call(NDArray own) {
        return new AttentionCall(LAYER, new Heads(own, own, own), List.of(), null, List.of(0), null, null, null);
    }

    private List<WeightedLatents> references() {
        return List.of(new WeightedLatents(manager.ones(SHAPE), 0.5), new WeightedLatents(manager.ones(SHAPE), 0.5));
    }

    private StepResult step(StepResult result) {
        return new CheckedSampler(calls, (schedule, steps) -> solver(steps, result))
                .solver(null, 5)
                .step(new StepInput(1, manager.ones(SHAPE), manager.ones(SHAPE), List.of(), null));
    }

    private static Solver solver(int count, StepResult result) {
        return new Solver() {
            @Override
            public int steps() {
                return count;
            }

            @Override
            public double timestep(int step) {
                return 0;
            }

            @Override
            public NoiseLevel level(int step) {
                return NoiseLevel.ofSigma(1);
            }

            @Override
            public StepResult step(StepInput input) {
                return result;
            }
        };
    }

    private static Measurement measurement() {
        return new Measurement("name", "Title", Measurement.Direction.LOWER_IS_CLOSER, 1, List.of());
    }

    /** Returns null wherever it can. */
    private static final class Careless implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return null;
        }

        @Override
        public Coupling coupling() {
            return null;
        }

        @Override
        public Set<String> observedWords(AttentionLayer layer) {
            return null;
        }

        @Override
        public Set<String> referenceWords() {
            return null;
        }
    }
}
