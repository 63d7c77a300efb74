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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the memory does not suffice for a chunk, it passes in halves, and nothing is lost. */
class OutOfMemoryTranslationTest {

    /** Rounding differs with the size of a batch; latents have a standard deviation of about 13. */
    private static final double BOUND = 3e-4;

    private static final List<ImageSpec> SUBJECTS = ImageSpec.each(
            List.of("a red fish", "a house", "a rocket", "a castle", "a cat", "a boat", "a tree", "a cup"), 3, 32, 48);

    @RegisterExtension
    static final LoadedTinyModel LOADED = new LoadedTinyModel();

    /**
     * Attends as another strategy does, but fails in the last of its layers where more pass than a machine of that
     * memory could take, from some pass on.
     */
    private static final class Narrow implements AttentionStrategy {
        private final AttentionStrategy attends;
        private final Runnable fault;
        private final int most;
        private int passesBefore;
        private final List<Long> batches = new ArrayList<>();

        Narrow(AttentionStrategy attends, int most, int passesBefore, Runnable fault) {
            this.attends = attends;
            this.most = most;
            this.passesBefore = passesBefore;
            this.fault = fault;
        }

        @Override
        public Attention at(AttentionLayer layer) {
            Attention own = attends.at(layer);
            if (layer.kind() != Kind.SELF || layer.index() != layer.count() - 1) {
                return own;
            }
            return call -> attend(own, call);
        }

        private NDArray attend(Attention own, AttentionCall call) {
            long images = call.own().query().getShape().get(0);
            if (passesBefore-- <= 0 && images > most) {
                fault.run();
            }
            batches.add(images);
            return own.attend(call);
        }

        @Override
        public Set<String> observedWords(AttentionLayer layer) {
            return attends.observedWords(layer);
        }

        @Override
        public Coupling coupling() {
            return attends.coupling();
        }
    }

    /** Remembers the notes and how often each image was told of. */
    private static final class Witness implements GenerationListener {
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

    private static void spent() {
        throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
    }

    private static GeneratedLatents generated(AttentionStrategy strategy, int chunk, GenerationListener listener) {
        GenerationSpec generation = new GenerationSpec(
                SUBJECTS, null, TestSamplers.named("unipc"), 4, 5, chunk, StyleWindow.ALL_STEPS, null);
        return LOADED.pipeline().generate(generation, strategy, listener);
    }

    private static void assertUndisturbed(GeneratedLatents found) {
        try (GeneratedLatents expected = generated(Strategies.shared(), 7, new GenerationListener() {})) {
            for (int i = 0; i < expected.count(); i++) {
                assertEquals(0, TinyModel.distance(expected.latents(i), found.latents(i)), BOUND, "image " + i);
            }
        }
    }

    @Test
    void halvesTheChunkAndTriesTheSameStepAgain() {
        Narrow narrow = new Narrow(Strategies.shared(), 2, 3, OutOfMemoryTranslationTest::spent);
        Witness witness = new Witness();

        try (GeneratedLatents generated = generated(narrow, 7, witness)) {
            assertUndisturbed(generated);
        }

        // Two halves of guidance for each pass: the first step's and one half of the second's went through with all
        // seven.
        assertEquals(
                List.of(
                        "The memory does not suffice for 7 images at once; from step 2 on 4 pass together.",
                        "The memory does not suffice for 4 images at once; from step 2 on 2 pass together."),
                witness.notes);
        assertEquals(4 * SUBJECTS.size(), witness.generated);
        assertTrue(narrow.batches.subList(3, narrow.batches.size()).stream().allMatch(images -> images <= 2));
    }

    @Test
    void doesSoWhereJavasMemoryIsSpent() {
        Narrow narrow = new Narrow(Strategies.shared(), 4, 0, () -> {
            throw new OutOfMemoryError("Java heap space");
        });
        Witness witness = new Witness();

        try (GeneratedLatents generated = generated(narrow, 5, witness)) {
            assertUndisturbed(generated);
        }

        assertEquals(
                List.of("The memory does not suffice for 5 images at once; from step 1 on 3 pass together."),
                witness.notes);
    }

    @Test
    void triesAgainWithWhatWasObservedAtTheStepBefore() {
        AttentionStrategy strategy = new FadedWord("a");
        Narrow narrow = new Narrow(strategy, 2, 3, OutOfMemoryTranslationTest::spent);
        Witness witness = new Witness();

        try (GeneratedLatents expected = generated(strategy, 8, new GenerationListener() {});
                GeneratedLatents found = generated(narrow, 8, witness)) {
            assertEquals(2, witness.notes.size(), "eight, four, two");
            for (int i = 0; i < expected.count(); i++) {
                assertEquals(0, TinyModel.distance(expected.latents(i), found.latents(i)), BOUND, "image " + i);
            }
        }
    }

    /** Remembers the size of the chunks as a set's journal does. */
    private static final class Memory implements Checkpoint {
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
    void doesNotRunIntoTheSameWallAgain() {
        GenerationSpec generation =
                new GenerationSpec(SUBJECTS, null, TestSamplers.named("unipc"), 1, 5, 7, StyleWindow.ALL_STEPS, null);
        Memory memory = new Memory();
        Witness first = new Witness();
        Narrow narrow = new Narrow(Strategies.shared(), 2, 0, OutOfMemoryTranslationTest::spent);
        LOADED.pipeline().generate(generation, List.of(), narrow, memory, first).close();
        assertEquals(List.of(4, 2), memory.halved);

        Witness again = new Witness();
        LOADED.pipeline().generate(generation, List.of(), narrow, memory, again).close();

        assertEquals(List.of(), again.notes);
        assertEquals(List.of(4, 2), memory.halved);
    }

    @Test
    void leavesNothingOfThePassInMemory() {
        int held = HeldResources.in(LOADED.model().manager);
        Narrow narrow = new Narrow(Strategies.shared(), 1, 0, OutOfMemoryTranslationTest::spent);

        generated(narrow, 4, new Witness()).close();

        assertEquals(held, HeldResources.in(LOADED.model().manager));
    }

    @Test
    void saysWhatToDoWhereOneImageIsTooMuch() {
        Narrow narrow = new Narrow(Strategies.shared(), 0, 0, OutOfMemoryTranslationTest::spent);
        Witness witness = new Witness();

        AtelierException fault = assertThrows(AtelierException.class, () -> generated(narrow, 4, witness));

        assertEquals(AtelierException.Code.OUT_OF_MEMORY, fault.code());
        assertTrue(fault.getMessage().contains("a smaller size"), fault.getMessage());
        assertEquals(2, witness.notes.size(), "four, two, one");
    }

    @Test
    void doesNotPartImagesThatSeeEachOther() {
        Narrow narrow = new Narrow(Strategies.full(), 4, 0, OutOfMemoryTranslationTest::spent);
        Witness witness = new Witness();

        AtelierException fault = assertThrows(AtelierException.class, () -> generated(narrow, 4, witness));

        assertEquals(AtelierException.Code.OUT_OF_MEMORY, fault.code());
        assertEquals(List.of(), witness.notes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB",
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes.",
                "std::bad_alloc",
                "RuntimeError: could not create a primitive"
            })
    void knowsItByTheWordsOfEveryEngine(String words) {
        Narrow narrow = new Narrow(Strategies.shared(), 2, 0, () -> {
            throw new EngineException(words);
        });
        Witness witness = new Witness();

        generated(narrow, 4, witness).close();

        assertEquals(1, witness.notes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes do not fit", "could not create a primitive descriptor for a matmul primitive"})
    void takesNoOtherFaultForSpentMemory(String words) {
        Narrow narrow = new Narrow(Strategies.shared(), 1, 0, () -> {
            throw new EngineException(words);
        });

        assertThrows(EngineException.class, () -> generated(narrow, 4, new Witness()));
    }
}
