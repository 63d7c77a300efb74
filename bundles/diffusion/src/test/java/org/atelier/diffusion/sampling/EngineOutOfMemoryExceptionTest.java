package org.atelier.diffusion.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.FadedWord;
import org.atelier.diffusion.pipeline.GeneratedLatents;
import org.atelier.diffusion.pipeline.HeldResources;
import org.atelier.diffusion.pipeline.LoadedTinyModel;
import org.atelier.diffusion.pipeline.Strategies;
import org.atelier.diffusion.pipeline.TestSamplers;
import org.atelier.diffusion.pipeline.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunk that does not fit in memory is halved and retried without changing the result. */
class EngineOutOfMemoryExceptionTest {

    /** Rounding depends on the batch size; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final List<ImageSpec> IMAGES = ImageSpec.each(
            List.of("a red fish", "a house", "a rocket", "a castle", "a cat", "a boat", "a tree", "a cup"), 3, 32, 48);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    private static GeneratedLatents expected;

    @BeforeAll
    static void generateWithoutAFault() {
        expected = generated(Strategies.shared(), 7, new GenerationListener() {});
    }

    @AfterAll
    static void close() {
        expected.close();
    }

    /** Delegates to another strategy, but fails in its last layer if the batch is too large, from some pass on. */
    private static final class LimitedMemory implements AttentionStrategy {
        private final AttentionStrategy delegate;
        private final Runnable fault;
        private final int maxImages;
        private int passesBefore;
        private final List<Long> batches = new ArrayList<>();

        LimitedMemory(AttentionStrategy delegate, int maxImages, int passesBefore, Runnable fault) {
            this.delegate = delegate;
            this.maxImages = maxImages;
            this.passesBefore = passesBefore;
            this.fault = fault;
        }

        @Override
        public Attention at(AttentionLayer layer) {
            Attention own = delegate.at(layer);
            if (layer.kind() != Kind.SELF || layer.index() != layer.count() - 1) {
                return own;
            }
            return call -> attend(own, call);
        }

        private NDArray attend(Attention own, AttentionCall call) {
            long images = call.own().query().getShape().get(0);
            if (passesBefore-- <= 0 && images > maxImages) {
                fault.run();
            }
            batches.add(images);
            return own.attend(call);
        }

        @Override
        public Set<String> observedWords(AttentionLayer layer) {
            return delegate.observedWords(layer);
        }

        @Override
        public Coupling coupling() {
            return delegate.coupling();
        }
    }

    /** Records the notes and the progress. */
    private static final class NoteRecorder implements GenerationListener {
        private final List<String> notes = new ArrayList<>();
        private int generated;

        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void denoisingAdvanced(int done, int total) {
            generated = done;
        }
    }

    private static void outOfMemory() {
        throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
    }

    /** Enough for the sampler's history of the step that is retried. */
    private static final int STEPS = 4;

    private static GenerationSpec generation(int steps, int chunk) {
        return new GenerationSpec(
                IMAGES, null, TestSamplers.named("unipc"), steps, 5, chunk, StyleWindow.ALL_STEPS, null);
    }

    private static GeneratedLatents generated(AttentionStrategy strategy, int chunk, GenerationListener listener) {
        return LOADED.pipeline().generate(generation(STEPS, chunk), strategy, listener);
    }

    /** For what happens in the first step. */
    private static GeneratedLatents generatedInOneStep(
            AttentionStrategy strategy, int chunk, GenerationListener listener) {
        return LOADED.pipeline().generate(generation(1, chunk), strategy, listener);
    }

    private static void assertUnchanged(GeneratedLatents found) {
        assertSame(expected, found);
    }

    private static void assertSame(GeneratedLatents expected, GeneratedLatents found) {
        assertEquals(IMAGES.size(), expected.count());
        for (int i = 0; i < expected.count(); i++) {
            assertEquals(0, TinyModel.distance(expected.latents(i), found.latents(i)), BOUND, "image " + i);
        }
    }

    @Test
    void halvesTheChunkAndRetriesTheStep() {
        LimitedMemory limited =
                new LimitedMemory(Strategies.shared(), 2, 3, EngineOutOfMemoryExceptionTest::outOfMemory);
        NoteRecorder recorder = new NoteRecorder();

        try (GeneratedLatents generated = generated(limited, 7, recorder)) {
            assertUnchanged(generated);
        }

        // Two halves of guidance for each pass: the first step's and one half of the second's went through with all
        // seven.
        assertEquals(
                List.of(
                        "Not enough memory for chunks of 7 images; from step 2 on the chunk size is 4.",
                        "Not enough memory for chunks of 4 images; from step 2 on the chunk size is 2."),
                recorder.notes);
        assertEquals(STEPS * IMAGES.size(), recorder.generated);
        assertTrue(limited.batches.subList(3, limited.batches.size()).stream().allMatch(images -> images <= 2));
    }

    @Test
    void halvesTheChunkOnAJavaOutOfMemoryError() {
        LimitedMemory limited = new LimitedMemory(Strategies.shared(), 4, 0, () -> {
            throw new OutOfMemoryError("Java heap space");
        });
        NoteRecorder recorder = new NoteRecorder();

        try (GeneratedLatents generated = generated(limited, 5, recorder)) {
            assertUnchanged(generated);
        }

        assertEquals(
                List.of("Not enough memory for chunks of 5 images; from step 1 on the chunk size is 3."),
                recorder.notes);
    }

    @Test
    void halvesTheChunkIfAPluginRanOutOfMemory() {
        LimitedMemory limited = new LimitedMemory(Strategies.shared(), 4, 0, () -> {
            throw new AtelierException(
                    AtelierException.Code.PLUGIN_FAILED,
                    "The attention 'mine' failed.",
                    new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB"));
        });
        NoteRecorder recorder = new NoteRecorder();

        generatedInOneStep(limited, 5, recorder).close();

        assertEquals(
                List.of("Not enough memory for chunks of 5 images; from step 1 on the chunk size is 3."),
                recorder.notes);
    }

    @Test
    void retriesWithTheMapsOfThePreviousStep() {
        AttentionStrategy strategy = new FadedWord("a");
        LimitedMemory limited = new LimitedMemory(strategy, 2, 3, EngineOutOfMemoryExceptionTest::outOfMemory);
        NoteRecorder recorder = new NoteRecorder();

        try (GeneratedLatents withoutAFault = generated(strategy, 8, new GenerationListener() {});
                GeneratedLatents found = generated(limited, 8, recorder)) {
            assertEquals(2, recorder.notes.size(), "eight, four, two");
            assertSame(withoutAFault, found);
        }
    }

    /** Stores the chunk size, as the journal of a set does. */
    private static final class ChunkStore implements Checkpoint {
        private final List<Integer> halved = new ArrayList<>();

        @Override
        public Optional<DenoisingState> last() {
            return Optional.empty();
        }

        @Override
        public void stepCompleted(int done, int steps, Supplier<DenoisingState> state) {}

        @Override
        public OptionalInt maxChunk() {
            return halved.isEmpty() ? OptionalInt.empty() : OptionalInt.of(halved.get(halved.size() - 1));
        }

        @Override
        public void chunkHalved(int maxChunk) {
            halved.add(maxChunk);
        }
    }

    @Test
    void startsWithTheStoredChunkSize() {
        GenerationSpec generation = generation(1, 7);
        ChunkStore chunks = new ChunkStore();
        NoteRecorder first = new NoteRecorder();
        LimitedMemory limited =
                new LimitedMemory(Strategies.shared(), 2, 0, EngineOutOfMemoryExceptionTest::outOfMemory);
        LOADED.pipeline()
                .generate(generation, List.of(), limited, chunks, first)
                .close();
        assertEquals(List.of(4, 2), chunks.halved);

        NoteRecorder again = new NoteRecorder();
        LOADED.pipeline()
                .generate(generation, List.of(), limited, chunks, again)
                .close();

        assertEquals(List.of(), again.notes);
        assertEquals(List.of(4, 2), chunks.halved);
    }

    @Test
    void releasesTheMemoryOfTheFailedPass() {
        int held = HeldResources.in(LOADED.model().manager);
        LimitedMemory limited =
                new LimitedMemory(Strategies.shared(), 1, 0, EngineOutOfMemoryExceptionTest::outOfMemory);

        generatedInOneStep(limited, 4, new NoteRecorder()).close();

        assertEquals(held, HeldResources.in(LOADED.model().manager));
    }

    @Test
    void reportsARemedyIfOneImageDoesNotFit() {
        LimitedMemory limited =
                new LimitedMemory(Strategies.shared(), 0, 0, EngineOutOfMemoryExceptionTest::outOfMemory);
        NoteRecorder recorder = new NoteRecorder();

        AtelierException fault = assertThrows(AtelierException.class, () -> generatedInOneStep(limited, 4, recorder));

        assertEquals(AtelierException.Code.OUT_OF_MEMORY, fault.code());
        assertTrue(fault.getMessage().contains("a smaller size"), fault.getMessage());
        assertEquals(2, recorder.notes.size(), "four, two, one");
    }

    @Test
    void doesNotSplitFullSharing() {
        LimitedMemory limited = new LimitedMemory(Strategies.full(), 4, 0, EngineOutOfMemoryExceptionTest::outOfMemory);
        NoteRecorder recorder = new NoteRecorder();

        AtelierException fault = assertThrows(AtelierException.class, () -> generatedInOneStep(limited, 4, recorder));

        assertEquals(AtelierException.Code.OUT_OF_MEMORY, fault.code());
        assertEquals(List.of(), recorder.notes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB",
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes.",
                "std::bad_alloc",
                "RuntimeError: could not create a primitive"
            })
    void recognisesTheMessagesOfEveryEngine(String message) {
        LimitedMemory limited = new LimitedMemory(Strategies.shared(), 2, 0, () -> {
            throw new EngineException(message);
        });
        NoteRecorder recorder = new NoteRecorder();

        generatedInOneStep(limited, 4, recorder).close();

        assertEquals(1, recorder.notes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes do not fit", "could not create a primitive descriptor for a matmul primitive"})
    void rethrowsOtherEngineErrors(String message) {
        LimitedMemory limited = new LimitedMemory(Strategies.shared(), 1, 0, () -> {
            throw new EngineException(message);
        });

        assertThrows(EngineException.class, () -> generatedInOneStep(limited, 4, new NoteRecorder()));
    }
}
